package org.longwire.relay.bridge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.longwire.matrix.Homeserver;
import org.longwire.matrix.MatrixException;
import org.longwire.matrix.RoomAlias;
import org.longwire.matrix.RoomEvent;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.SyncPage;
import org.longwire.matrix.UserId;
import org.longwire.relay.queue.Address;
import org.longwire.relay.queue.Conditions;
import org.longwire.relay.queue.Ledger;
import org.longwire.relay.queue.Rooms;
import org.longwire.relay.run.StatusBoard.Health;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the relay in the configured rooms and in no others: joins, invitations, kicks, upgrades,
 * encryption. Nothing of it is stored: at each start the server tells how things are. Requests are
 * made on the sync thread only; {@link #park} may come from any.
 */
public final class RoomKeeper implements Rooms {
  /** How long a shut room is left alone before the door is tried again. */
  static final Duration TRY_AGAIN = Duration.ofHours(1);

  /** The same when the failure may be over soon: a server on the way to the room is away. */
  static final Duration TRY_SOON = Duration.ofMinutes(1);

  /** Strangers can invite without end; beyond so many the oldest stays unanswered. */
  static final int UNANSWERED_MAX = 100;

  /** A room upgraded more often than this since it was configured is a loop or a joke. */
  static final int UPGRADES_MAX = 16;

  private static final String PART = "room ";

  private static final Logger LOG = LoggerFactory.getLogger(RoomKeeper.class);

  private final Homeserver homeserver;
  private final UserId self;
  private final PortalTable portals;
  private final Ledger ledger;
  private final Conditions conditions;
  private final Map<Portal, Instant> tryAgainAt = new HashMap<>();

  /** Portals whose room is not known yet for want of an answer: its news pass us by. */
  private final Set<Portal> blind = new HashSet<>();

  private final List<RoomId> unread = new ArrayList<>();

  /** Invitations that could not be answered yet; the server tells of each only once. */
  private final Map<RoomId, Unanswered> unanswered = new LinkedHashMap<>();

  private volatile boolean held;

  private record Unanswered(SyncPage.Invite invite, Instant again) {}

  public RoomKeeper(
      Homeserver homeserver,
      UserId self,
      PortalTable portals,
      Ledger ledger,
      Conditions conditions) {
    this.homeserver = homeserver;
    this.self = self;
    this.portals = portals;
    this.ledger = ledger;
    this.conditions = conditions;
  }

  @Override
  public Optional<RoomId> roomFor(Address.Room address) {
    return held ? Optional.empty() : portals.of(address).flatMap(portals::room);
  }

  /**
   * Holds back everything that is for rooms until {@link #release}: the server was away, and a room
   * may have been encrypted or upgraded meanwhile, which only the next sync tells.
   */
  void hold() {
    held = true;
  }

  /** The rooms are known as they are now. */
  void release() {
    if (held) {
      held = false;
      ledger.unparked();
    }
  }

  @Override
  public synchronized void park(Address.Room address, RoomId room, String why) {
    // A refusal of the old room that comes in after its upgrade says nothing of the new one.
    portals
        .of(address)
        .filter(portal -> portals.room(portal).filter(room::equals).isPresent())
        .ifPresent(portal -> shut(portal, why));
  }

  /**
   * Enters every configured room that is not open and whose time has come.
   *
   * @throws MatrixException if the server cannot be asked at all
   */
  public void enterRooms() throws MatrixException {
    answerAgain();
    List<Portal> due = portals.all().stream().filter(this::isDue).toList();
    if (due.isEmpty()) {
      return;
    }
    Set<RoomId> joined = homeserver.joinedRooms();
    for (Portal portal : due) {
      try {
        enter(portal, joined);
      } catch (MatrixException failure) {
        setAside(portal, failure, cannotEnter(portal, failure));
      }
    }
  }

  /**
   * Closes one room only, whatever the failure: the server has just answered something else, and
   * the other rooms must not wait for a server on the way to this one.
   *
   * @param forGood what to say when only people can mend it
   */
  private void setAside(Portal portal, MatrixException failure, String forGood) {
    switch (failure.advice()) {
      case PARK_ROOM, GIVE_UP -> shut(portal, forGood);
      default -> {
        if (!portals.isKnown(portal)) {
          blind.add(portal);
        }
        tryAgain(portal, failure.retryAfter().orElse(TRY_SOON));
        String why = "cannot enter %s yet: %s"
            .formatted(portal.address().configured(), failure.getMessage());
        portals.shut(portal, new Portal.State.Closed(why));
        conditions.status().tell(part(portal), Health.WAITING, why);
      }
    }
  }

  /** Rooms that have been found only now, though syncs went by; each is given once. */
  List<RoomId> takeUnread() {
    List<RoomId> taken = List.copyOf(unread);
    unread.clear();
    return taken;
  }

  /** The rooms that are open now. */
  List<RoomId> openRooms() {
    return portals.all().stream().flatMap(p -> portals.room(p).stream()).toList();
  }

  private synchronized boolean isDue(Portal portal) {
    Instant time = tryAgainAt.getOrDefault(portal, Instant.MIN);
    return isShut(portal) && !time.isAfter(conditions.clock().instant());
  }

  private void enter(Portal portal, Set<RoomId> joined) throws MatrixException {
    String name = portal.address().configured();
    RoomId room = name.startsWith("#") ? homeserver.resolve(new RoomAlias(name)) : new RoomId(name);
    portals.known(portal, room);
    if (!joined.contains(room)) {
      room = homeserver.join(name, portal.via());
    }
    settleIn(portal, latest(room));
  }

  /** Follows the upgrades that happened while we were not looking. */
  private RoomId latest(RoomId room) throws MatrixException {
    RoomId present = room;
    for (int i = 0; i < UPGRADES_MAX; i++) {
      Optional<RoomId> next = homeserver.successor(present);
      if (next.isEmpty() || !continues(next.get(), present)) {
        return present;
      }
      present = next.get();
    }
    return present;
  }

  private boolean continues(RoomId next, RoomId before) throws MatrixException {
    homeserver.join(next.value(), List.of());
    return homeserver.predecessor(next).filter(before::equals).isPresent();
  }

  private void settleIn(Portal portal, RoomId room) throws MatrixException {
    if (homeserver.isEncrypted(room)) {
      portals.known(portal, room);
      shut(portal, encrypted());
      return;
    }
    portals.open(portal, room);
    if (blind.remove(portal)) {
      unread.add(room);
    }
    conditions.status().tell(part(portal), Health.OK, "joined");
    ledger.unparked();
  }

  private static String encrypted() {
    return "is encrypted, which this version cannot do: bridge an unencrypted room";
  }

  private String cannotEnter(Portal portal, MatrixException failure) {
    boolean byAlias = portal.address().configured().startsWith("#");
    if (failure instanceof MatrixException.NotFound && byAlias) {
      return "there is no room of this name: correct it in bridges, or make the room";
    }
    if (failure instanceof MatrixException.Forbidden forbidden) {
      return "the homeserver lets us not in, saying \"%s\": invite %s, or have its ban lifted"
          .formatted(forbidden.serverWords(), self);
    }
    String cure = byAlias ? "" : ", or name a server that is in it under via";
    return "%s; invite %s%s".formatted(failure.getMessage(), self, cure);
  }

  private void shut(Portal portal, String why) {
    shut(portal, why, conditions.clock().instant().plus(TRY_AGAIN));
  }

  private synchronized void shut(Portal portal, String why, Instant again) {
    tryAgainAt.put(portal, again);
    portals.shut(portal, new Portal.State.Parked(why));
    conditions.status().tell(part(portal), Health.FAILED, why);
  }

  private synchronized void tryAgain(Portal portal, Duration wait) {
    tryAgainAt.put(portal, conditions.clock().instant().plus(wait));
  }

  /** Whether a part of status is about a room, and perhaps about who is in it. */
  public static boolean isOfRoom(String part) {
    return part.startsWith(PART) || part.startsWith(DirectRoomKeeper.PART);
  }

  static String part(Portal portal) {
    return PART + portal.address().configured();
  }

  /** Accepts invitations to configured rooms that are not open, and declines all others. */
  public void answer(SyncPage.Invite invite) {
    Optional<Portal> portal = Optional.empty();
    try {
      portal = meant(invite);
      if (portal.isPresent()) {
        settleIn(
            portal.get(), homeserver.join(invite.room().value(), portal.get().via()));
      } else {
        homeserver.leave(invite.room());
      }
    } catch (MatrixException failure) {
      if (portal.isPresent()) {
        setAside(portal.get(), failure, cannotEnter(portal.get(), failure));
      } else {
        answerLater(invite, failure);
      }
    }
  }

  private void answerLater(SyncPage.Invite invite, MatrixException failure) {
    LOG.warn("an invitation to {} is not answered: {}", invite.room(), failure.getMessage());
    switch (failure.advice()) {
      case PARK_ROOM, GIVE_UP -> {
        // The server will not hear of it another time either; we are not in that room.
      }
      default -> {
        Duration wait = failure.retryAfter().orElse(TRY_SOON);
        unanswered.remove(invite.room());
        if (unanswered.size() == UNANSWERED_MAX) {
          unanswered.remove(unanswered.keySet().iterator().next());
        }
        unanswered.put(
            invite.room(), new Unanswered(invite, conditions.clock().instant().plus(wait)));
      }
    }
  }

  private void answerAgain() {
    Instant now = conditions.clock().instant();
    List<Unanswered> due =
        unanswered.values().stream().filter(u -> !u.again().isAfter(now)).toList();
    for (Unanswered one : due) {
      unanswered.remove(one.invite().room());
      answer(one.invite());
    }
  }

  /**
   * The configured room that an invitation means. The inviting server writes what an invitation
   * says of the room's name, so a name counts only if the name's own server agrees; and no
   * invitation takes the place of a room that is open.
   */
  private Optional<Portal> meant(SyncPage.Invite invite) throws MatrixException {
    Optional<Portal> known = portals.of(invite.room());
    if (known.isPresent()) {
      return known.filter(p -> portals.last(p).equals(Optional.of(invite.room())));
    }
    Optional<String> alias = invite.alias().map(RoomAlias::value);
    for (Portal portal : portals.all()) {
      String name = portal.address().configured();
      if (isShut(portal)
          && (name.equals(invite.room().value())
              || alias.equals(Optional.of(name)) && isAt(invite.room(), name))) {
        return Optional.of(portal);
      }
    }
    return Optional.empty();
  }

  private boolean isAt(RoomId room, String alias) throws MatrixException {
    try {
      return homeserver.resolve(new RoomAlias(alias)).equals(room);
    } catch (MatrixException.NotFound nowhere) {
      return false;
    }
  }

  private boolean isShut(Portal portal) {
    return portals.room(portal).isEmpty();
  }

  /**
   * Takes note that we were put out of a room, or left it. What is said there until we are asked
   * back is not read later: whoever put us out did not mean us to hear it.
   */
  public void departed(SyncPage.Departure departure) {
    // A refusal of our words may have shut the room before the news of the kick came.
    Optional<Portal> portal = portals
        .of(departure.room())
        .filter(p -> portals.last(p).equals(Optional.of(departure.room())));
    if (portal.isEmpty()) {
      return;
    }
    String what = departure.membership().equals("ban") ? "banned" : "put out";
    String by = departure.by().filter(u -> !u.equals(self)).map(u -> " by " + u).orElse("");
    String reason =
        departure.reason().map(r -> " (" + PlainText.name(r, "") + ")").orElse("");
    // Whoever put us out may ask us back; coming back by ourselves would be rude.
    shut(
        portal.get(),
        "%s of the room%s%s; invite %s again".formatted(what, by, reason, self),
        Instant.MAX);
  }

  /** Looks at an event for what it means to the room itself. */
  public void observe(RoomEvent event) {
    Optional<Portal> portal = portals.of(event.header().room());
    if (portal.isEmpty()) {
      return;
    }
    if (event instanceof RoomEvent.EncryptionEnabled) {
      shut(portal.get(), encrypted());
    } else if (event instanceof RoomEvent.Tombstone tombstone) {
      follow(portal.get(), tombstone);
    }
  }

  private void follow(Portal portal, RoomEvent.Tombstone tombstone) {
    RoomId before = tombstone.header().room();
    RoomId next = tombstone.replacement();
    if (portals.room(portal).equals(Optional.of(next))) {
      return;
    }
    portals.known(portal, next);
    String sender = tombstone.header().sender().value();
    List<String> via = List.of(sender.substring(sender.indexOf(':') + 1));
    try {
      homeserver.join(next.value(), via);
      if (homeserver.predecessor(next).filter(before::equals).isEmpty()) {
        shut(portal, "the room was upgraded to %s, which does not say so itself".formatted(next));
        return;
      }
      settleIn(portal, next);
    } catch (MatrixException failure) {
      setAside(
          portal,
          failure,
          "the room was upgraded to %s, which we cannot enter: invite %s".formatted(next, self));
    }
  }
}
