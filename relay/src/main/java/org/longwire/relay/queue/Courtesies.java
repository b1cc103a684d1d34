package org.longwire.relay.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longwire.matrix.EventId;
import org.longwire.matrix.ExtraField;
import org.longwire.matrix.Homeserver;
import org.longwire.matrix.MatrixException;
import org.longwire.matrix.ReactionContent;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.SendStatus;
import org.longwire.matrix.TransactionId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What rooms are shown when nothing is to be said to them: first receipts, which cost nothing of
 * the account's rate, then marks and statuses, which are events like messages and go only while a
 * whole burst of messages would be allowed. In memory alone; what fails is dropped, and never tried
 * again. Filled by any thread, emptied by the one that sends to rooms.
 */
public final class Courtesies {
  /** Rooms with a receipt to send. */
  static final int MAX_RECEIPTS = 200;

  /** Events with a mark to set, and events with a status to tell. */
  static final int MAX_EVENTS = 50;

  /** Marks that can be replaced; older ones stay as they are. */
  static final int MAX_SHOWN = 500;

  /** The key by which other relays tell a mark from a person's reaction. */
  public static final String MARK_KEY = "org.longwire.mark";

  /** Bids other relays leave an event alone (mmrelay-compat.md §4.7). */
  public static final ExtraField SUPPRESS = new ExtraField.Number("mmrelay_suppress", 1);

  private static final Logger LOG = LoggerFactory.getLogger(Courtesies.class);

  private final Conditions conditions;
  private final Runnable wake;
  private final SpareRate rate = new SpareRate();
  private final Map<RoomId, EventId> receipts = new LinkedHashMap<>();
  private final Map<Origin.Event, String> marks = new LinkedHashMap<>();
  private final Map<Origin.Event, SendStatus> statuses = new LinkedHashMap<>();
  private final Map<Origin.Event, Shown> shown = new LinkedHashMap<>();

  /** A mark that is on an event. */
  private record Shown(String mark, EventId reaction) {}

  /** One request. */
  private interface Request {
    void make(Homeserver homeserver) throws MatrixException;
  }

  /** @param wake whom to wake when there is something to send; must not block */
  public Courtesies(Conditions conditions, Runnable wake) {
    this.conditions = conditions;
    this.wake = wake;
  }

  /** A room was read up to an event. */
  public void read(Origin.Event upTo) {
    synchronized (this) {
      put(receipts, upTo.room(), upTo.id(), MAX_RECEIPTS);
    }
    wake.run();
  }

  /** An event is to bear this mark of ours, and no other. */
  public void mark(Origin.Event event, String mark) {
    synchronized (this) {
      put(marks, event, mark, MAX_EVENTS);
    }
    wake.run();
  }

  /** An event's author is to be told a status; the last one counts. */
  public void tell(Origin.Event event, SendStatus status) {
    synchronized (this) {
      put(statuses, event, status, MAX_EVENTS);
    }
    wake.run();
  }

  /** The oldest gives way. */
  private static <K, V> void put(Map<K, V> map, K key, V value, int most) {
    map.remove(key);
    if (map.size() == most) {
      map.remove(map.keySet().iterator().next());
    }
    map.put(key, value);
  }

  /** A message has gone out. */
  synchronized void sent() {
    rate.spent(conditions.clock().instant());
  }

  /** Messages have to wait: what would only stand in their way is forgotten. */
  synchronized void giveWay() {
    marks.clear();
    statuses.clear();
  }

  /**
   * Makes one request.
   *
   * @return when it wants to make the next; empty if nothing is left to send
   */
  Optional<Instant> sendOne(Homeserver homeserver) {
    Optional<Request> next = next();
    if (next.isPresent()) {
      try {
        next.get().make(homeserver);
      } catch (MatrixException failure) {
        LOG.debug("a courtesy is dropped: {}", failure.getMessage());
        if (failure.advice() != MatrixException.Advice.GIVE_UP) {
          giveWay();
        }
      }
    }
    return again();
  }

  private synchronized Optional<Instant> again() {
    Instant now = conditions.clock().instant();
    if (!receipts.isEmpty()) {
      return Optional.of(now);
    }
    return marks.isEmpty() && statuses.isEmpty()
        ? Optional.empty()
        : Optional.of(now.plus(rate.untilFull(now)));
  }

  private synchronized Optional<Request> next() {
    Optional<Map.Entry<RoomId, EventId>> receipt = poll(receipts);
    if (receipt.isPresent()) {
      return Optional.of(to -> to.markRead(receipt.get().getKey(), receipt.get().getValue()));
    }
    if (rate.untilFull(conditions.clock().instant()).compareTo(Duration.ZERO) > 0) {
      return Optional.empty();
    }
    return nextMark().or(this::nextStatus);
  }

  /** Another mark is taken back first, and the new one follows in its own time. */
  private Optional<Request> nextMark() {
    while (!marks.isEmpty()) {
      Map.Entry<Origin.Event, String> first = marks.entrySet().iterator().next();
      Origin.Event event = first.getKey();
      String mark = first.getValue();
      Optional<Shown> before = Optional.ofNullable(shown.get(event));
      if (before.isPresent() && !before.get().mark.equals(mark)) {
        return Optional.of(to -> takeBack(to, event, before.get()));
      }
      marks.remove(event);
      if (before.isEmpty()) {
        return Optional.of(to -> show(to, event, mark));
      }
    }
    return Optional.empty();
  }

  private void takeBack(Homeserver homeserver, Origin.Event event, Shown before)
      throws MatrixException {
    synchronized (this) {
      shown.remove(event);
    }
    homeserver.redact(event.room(), before.reaction, transaction(), Optional.empty());
    sent();
  }

  private void show(Homeserver homeserver, Origin.Event event, String mark) throws MatrixException {
    ReactionContent content = new ReactionContent(
        event.id(), mark, List.of(new ExtraField.Text(MARK_KEY, mark), SUPPRESS));
    Optional<EventId> reaction = homeserver.react(event.room(), transaction(), content);
    sent();
    synchronized (this) {
      reaction.ifPresent(id -> put(shown, event, new Shown(mark, id), MAX_SHOWN));
    }
  }

  private Optional<Request> nextStatus() {
    return poll(statuses).map(status -> to -> {
      to.tellStatus(status.getKey().room(), transaction(), status.getValue());
      sent();
    });
  }

  private static <K, V> Optional<Map.Entry<K, V>> poll(Map<K, V> map) {
    Iterator<Map.Entry<K, V>> all = map.entrySet().iterator();
    if (!all.hasNext()) {
      return Optional.empty();
    }
    Map.Entry<K, V> first = Map.Entry.copyOf(all.next());
    all.remove();
    return Optional.of(first);
  }

  /** Unguessable, so that no two ever meet on one device. */
  private TransactionId transaction() {
    return new TransactionId("lwc%016x%016x"
        .formatted(conditions.random().nextLong(), conditions.random().nextLong()));
  }
}
