package org.longwire.relay.bridge;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.longwire.matrix.DisplayNames;
import org.longwire.matrix.EventId;
import org.longwire.matrix.RoomEvent;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.UserId;
import org.longwire.plugins.host.Plugins;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.queue.Arrival;
import org.longwire.relay.queue.Conditions;
import org.longwire.relay.queue.Fate;
import org.longwire.relay.queue.Ledger;
import org.longwire.relay.store.StoreException;

/**
 * Decides what of a room goes to the mesh, and in which words. Makes {@link Arrival}s; whoever
 * calls has them stored together with the bookmark of the page they came from. Used by the sync
 * thread.
 */
public final class MatrixToMesh {
  /** The reason as {@code trace} shows it. */
  static final String NOT_THE_OWNER = "not by the person of this private room";

  private final RelayConfig config;
  private final PortalTable portals;
  private final Conditions conditions;
  private final RoomRules rules;
  private final RoomHearing hearing;
  private final BacklogPolicy backlog;
  private final Writers writers;

  /** What this direction works with. */
  public record Means(
      PortalTable portals,
      DisplayNames names,
      Ledger ledger,
      Conversation conversation,
      Commands commands,
      Plugins plugins,
      Writers writers) {}

  /** Knows who speaks to the mesh in a room. */
  @FunctionalInterface
  public interface Writers {
    boolean mayWrite(Portal portal, UserId user);
  }

  public MatrixToMesh(RelayConfig config, Means means, Conditions conditions) {
    this.config = config;
    this.portals = means.portals();
    this.writers = means.writers();
    this.conditions = conditions;
    this.rules = new RoomRules(config, means, conditions);
    this.hearing = new RoomHearing(means.plugins(), rules);
    this.backlog =
        new BacklogPolicy(config.matrix().maxBacklog(), new WallClock(ZoneId.systemDefault()));
  }

  public boolean isBridged(RoomId room) {
    return portals.of(room).isPresent();
  }

  /** What is said now. */
  public List<Arrival> live(List<RoomEvent> events) throws StoreException {
    return decide(events, new RoomPage(false)).arrivals();
  }

  /**
   * What was said in a room while we were away: within the limits of {@code matrix.max-backlog},
   * with one notice about what is left out.
   *
   * @param unread how many older events there were that nobody kept
   */
  public List<Arrival> catchUp(RoomId room, List<RoomEvent> events, int unread)
      throws StoreException {
    return catchUp(room, events, unread, Optional.empty());
  }

  /** @param omission what else the notice has to own up to */
  List<Arrival> catchUp(RoomId room, List<RoomEvent> events, int unread, Optional<String> omission)
      throws StoreException {
    RoomPage page = decide(events, new RoomPage(true));
    List<RoomEvent> candidates = events.stream()
        .filter(event -> page.of(event).stream().anyMatch(a -> a.verdict().isEmpty()))
        .toList();
    BacklogPolicy.Choice choice = backlog.choose(candidates, conditions.clock().instant());
    Set<RoomEvent> skipped = new HashSet<>(choice.skipped());
    List<Arrival> arrivals = new ArrayList<>();
    for (RoomEvent event : events) {
      arrivals.addAll(skipped.contains(event) ? List.of(skipped(event)) : page.of(event));
    }
    Optional<String> notice = notice(choice, unread, omission);
    if (notice.isPresent() && !events.isEmpty()) {
      EventId last = events.get(events.size() - 1).header().id();
      portals
          .of(room)
          .map(portal ->
              rules.notices().toRoom(portal.address(), "backlog before " + last, notice.get()))
          .ifPresent(arrivals::add);
    }
    return arrivals;
  }

  private static Optional<String> notice(
      BacklogPolicy.Choice choice, int unread, Optional<String> omission) {
    List<String> clauses = new ArrayList<>();
    choice.notice().ifPresent(clauses::add);
    if (unread > 0) {
      clauses.add("%d older events were not looked at".formatted(unread));
    }
    omission.ifPresent(clauses::add);
    return clauses.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", clauses));
  }

  private static boolean speaks(RoomEvent event) {
    return event instanceof RoomEvent.TextMessage
        || event instanceof RoomEvent.Attachment
        || event instanceof RoomEvent.Edit
        || event instanceof RoomEvent.Reaction;
  }

  private static String words(RoomEvent event) {
    return event instanceof RoomEvent.TextMessage message ? message.body() : "";
  }

  private static Arrival skipped(RoomEvent event) {
    String reason = "said while the relay was away, beyond matrix.max-backlog";
    return RoomRules.arrival(
        event, words(event), RoomRules.verdict(Fate.EXPIRED, reason), List.of());
  }

  private RoomPage decide(List<RoomEvent> events, RoomPage page) throws StoreException {
    for (RoomEvent event : events) {
      Optional<Portal> portal = portals.of(event.header().room());
      // Our own words are on the mesh or came from it; a row for each would be written for nothing.
      if (portal.isPresent() && !event.header().sender().equals(config.matrix().user())) {
        page.add(event, decide(event, portal.get(), page));
      }
    }
    return page;
  }

  private List<Arrival> decide(RoomEvent event, Portal portal, RoomPage page)
      throws StoreException {
    if (!writers.mayWrite(portal, event.header().sender())) {
      Optional<Arrival.Verdict> verdict = RoomRules.verdict(Fate.FILTERED, NOT_THE_OWNER);
      return speaks(event) ? List.of(RoomRules.arrival(event, "", verdict, List.of())) : List.of();
    }
    if (!page.isBacklog()) {
      Optional<Arrival.Verdict> claimed =
          hearing.claimed(event, portal, conditions.clock().instant());
      if (claimed.isPresent() && speaks(event)) {
        return List.of(RoomRules.arrival(event, words(event), claimed, List.of()));
      }
    }
    RoomDecision decision = new RoomDecision(rules, portal, page);
    event.tell(decision);
    return decision.arrivals();
  }
}
