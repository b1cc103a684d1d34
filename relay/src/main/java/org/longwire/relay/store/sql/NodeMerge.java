package org.longwire.relay.store.sql;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.longwire.radio.NodeId;
import org.longwire.relay.store.repository.Node;
import org.longwire.relay.store.repository.NodeEvent;
import org.longwire.relay.store.repository.NodeEvent.Kind;

/**
 * How two things told of one node become one. Monotone per field: times only widen, what is known
 * is never emptied, the later telling wins, of the same time the nearer source; the first key
 * stays. Pure.
 */
final class NodeMerge {
  private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");
  private static final int SHORT_NAME_LIMIT = 64;

  private NodeMerge() {}

  /** The node as it can be stored: strangers' texts cut to what fits, a senseless key left out. */
  static Node fitting(Node told) {
    return new Node(
        told.meshnet(),
        told.id(),
        told.longName().map(name -> Columns.fitting(name, Columns.NAME_LIMIT)),
        told.shortName().map(name -> Columns.fitting(name, SHORT_NAME_LIMIT)),
        told.publicKey().map(key -> key.toLowerCase(Locale.ROOT)).filter(key -> KEY.matcher(key)
            .matches()),
        told.hardware(),
        told.role(),
        told.hops(),
        told.firstHeard().truncatedTo(ChronoUnit.MILLIS),
        told.lastHeard().truncatedTo(ChronoUnit.MILLIS),
        told.updatedAt().truncatedTo(ChronoUnit.MILLIS),
        told.source());
  }

  static Node merged(Node known, Node told) {
    boolean newer = isNewer(known, told);
    Node first = newer ? told : known;
    Node second = newer ? known : told;
    return new Node(
        known.meshnet(),
        known.id(),
        first.longName().or(second::longName),
        first.shortName().or(second::shortName),
        known.publicKey().or(told::publicKey),
        either(first.hardware(), second.hardware()),
        either(first.role(), second.role()),
        either(first.hops(), second.hops()),
        earlier(known.firstHeard(), told.firstHeard()),
        later(known.lastHeard(), told.lastHeard()),
        later(known.updatedAt(), told.updatedAt()),
        first.source());
  }

  static Node renumbered(Node node, NodeId now) {
    return new Node(
        node.meshnet(),
        now,
        node.longName(),
        node.shortName(),
        node.publicKey(),
        node.hardware(),
        node.role(),
        node.hops(),
        node.firstHeard(),
        node.lastHeard(),
        node.updatedAt(),
        node.source());
  }

  /** Whether two nodes have told different keys, so that one is not the other. */
  static boolean keysDiffer(Node a, Node b) {
    return a.publicKey().isPresent()
        && b.publicKey().isPresent()
        && !a.publicKey().equals(b.publicKey());
  }

  /** Whether nothing is learnt from the telling but that it was told. */
  static boolean isKnown(Node known, Node told) {
    Node then = merged(known, told);
    return !keysDiffer(known, told)
        && then.longName().equals(known.longName())
        && then.shortName().equals(known.shortName())
        && then.publicKey().equals(known.publicKey())
        && then.hardware().equals(known.hardware())
        && then.role().equals(known.role())
        && then.hops().equals(known.hops())
        && then.firstHeard().equals(known.firstHeard())
        && then.lastHeard().equals(known.lastHeard());
  }

  /** Whether the telling says something that should not wait for a minute. */
  static boolean isNews(Node known, Node told) {
    Node then = merged(known, told);
    return keysDiffer(known, told)
        || !then.longName().equals(known.longName())
        || !then.shortName().equals(known.shortName())
        || !then.publicKey().equals(known.publicKey())
        || !then.role().equals(known.role());
  }

  /**
   * What a telling changes.
   *
   * @param presence after how long without a sign of it a node was offline; empty if comings and
   *     goings are not kept
   */
  static List<NodeEvent> events(Node known, Node told, Optional<Duration> presence) {
    List<NodeEvent> events = new ArrayList<>();
    Node then = merged(known, told);
    if (keysDiffer(known, told)) {
      add(
          events,
          told,
          Kind.KEY_CHANGED,
          known.publicKey().get() + " -> " + told.publicKey().get());
    }
    String before = names(known);
    if (!before.isEmpty() && !before.equals(names(then))) {
      add(events, told, Kind.NAME_CHANGED, before + " -> " + names(then));
    }
    if (changed(known.role(), then.role())) {
      add(events, told, Kind.ROLE_CHANGED, change(known.role(), then.role()));
    }
    if (changed(known.hardware(), then.hardware())) {
      add(events, told, Kind.HARDWARE_CHANGED, change(known.hardware(), then.hardware()));
    }
    presence.ifPresent(window -> presence(events, known, told, window));
    return events;
  }

  private static void presence(List<NodeEvent> events, Node known, Node told, Duration window) {
    Instant gone = known.lastHeard().plus(window);
    if (told.lastHeard().isAfter(gone)) {
      events.add(new NodeEvent(told.meshnet(), told.id(), gone, Kind.OFFLINE, ""));
      events.add(new NodeEvent(told.meshnet(), told.id(), told.lastHeard(), Kind.ONLINE, ""));
    }
  }

  static NodeEvent firstSeen(Node told) {
    return new NodeEvent(
        told.meshnet(), told.id(), told.firstHeard(), Kind.FIRST_SEEN, names(told));
  }

  private static void add(List<NodeEvent> events, Node told, Kind kind, String detail) {
    events.add(new NodeEvent(told.meshnet(), told.id(), told.updatedAt(), kind, detail));
  }

  private static String names(Node node) {
    return node.longName().orElse("")
        + node.shortName().map(name -> " (" + name + ")").orElse("");
  }

  private static boolean changed(OptionalInt before, OptionalInt then) {
    return before.isPresent() && !before.equals(then);
  }

  private static String change(OptionalInt before, OptionalInt then) {
    return before.getAsInt() + " -> " + then.getAsInt();
  }

  private static boolean isNewer(Node known, Node told) {
    int order = told.updatedAt().compareTo(known.updatedAt());
    return order > 0 || (order == 0 && told.source().compareTo(known.source()) <= 0);
  }

  private static OptionalInt either(OptionalInt first, OptionalInt second) {
    return first.isPresent() ? first : second;
  }

  private static Instant earlier(Instant a, Instant b) {
    boolean first = b.equals(Node.NEVER) || (!a.equals(Node.NEVER) && a.isBefore(b));
    return first ? a : b;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
