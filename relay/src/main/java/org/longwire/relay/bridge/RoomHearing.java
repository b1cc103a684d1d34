package org.longwire.relay.bridge;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.longwire.matrix.EventId;
import org.longwire.matrix.RoomEvent;
import org.longwire.matrix.UserId;
import org.longwire.plugins.api.Interest;
import org.longwire.plugins.api.Place;
import org.longwire.plugins.api.RoomSaid;
import org.longwire.plugins.host.Plugins;
import org.longwire.relay.queue.Arrival;
import org.longwire.relay.queue.Origin;
import org.longwire.relay.store.StoreException;

/** Tells plugins what happens in the rooms, each thing once. Used by the sync thread. */
final class RoomHearing {
  /** What is older belongs to a backlog, of which plugins hear nothing. */
  static final Duration FRESH = Duration.ofMinutes(5);

  /** Events remembered, because a page that the ledger failed to take is read again. */
  private static final int MAX_TOLD = 1_000;

  private final Plugins plugins;
  private final RoomRules rules;
  private final Set<UserId> trustedRelays;
  private final Map<EventId, Optional<Plugins.Claim>> told = new Recent();

  RoomHearing(Plugins plugins, RoomRules rules) {
    this.plugins = plugins;
    this.rules = rules;
    this.trustedRelays = rules.config().matrix().trustedRelays();
  }

  /**
   * Tells of an event, unless it is a command or an echo of what our radios know.
   *
   * @return why it is not relayed, if a plugin claims it
   */
  Optional<Arrival.Verdict> claimed(RoomEvent event, Portal portal, Instant now)
      throws StoreException {
    if (!plugins.listens(Interest.ROOM_MESSAGES)
        || event instanceof RoomEvent.Encrypted
        || event.header().at().isBefore(now.minus(FRESH))
        || event instanceof RoomEvent.TextMessage text && isNoMessage(text, portal)) {
      return Optional.empty();
    }
    EventId id = event.header().id();
    Optional<Plugins.Claim> claim = told.get(id);
    if (claim == null) {
      boolean isKnown = rules.ledger().isKnown(new Origin.Event(event.header().room(), id));
      claim = isKnown ? Optional.empty() : plugins.said(said(event, portal));
      told.put(id, claim);
    }
    return claim.map(MeshHearing::verdict);
  }

  private boolean isNoMessage(RoomEvent.TextMessage text, Portal portal) throws StoreException {
    return rules.commands().isCommand(text, portal) || rules.isEcho(text.body(), text.extras());
  }

  private RoomSaid said(RoomEvent event, Portal portal) {
    return new RoomSaid(
        new Place.Room(event.header().room(), portal.isDirect()),
        event,
        trustedRelays.contains(event.header().sender()));
  }

  private static final class Recent extends LinkedHashMap<EventId, Optional<Plugins.Claim>> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<EventId, Optional<Plugins.Claim>> eldest) {
      return size() > MAX_TOLD;
    }
  }
}
