package org.longwire.relay.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.StoreException;

/** Finds whose turn it is, and who waits for how many. Any thread. */
final class Turns {
  /** Lanes of one look: strangers make as many as they forge names, and each costs a look-up. */
  static final int MAX_LANES = 256;

  /** How soon to look at the other lanes if there are too many and none of these is due. */
  static final Duration NEXT_LANES = Duration.ofSeconds(1);

  private final Database database;
  private final InstantSource clock;
  private final Changes changes;
  private final Marks marks;

  Turns(Database database, InstantSource clock, Changes changes, Marks marks) {
    this.database = database;
    this.clock = clock;
    this.changes = changes;
    this.marks = marks;
  }

  Due next(Lanes lanes, Predicate<Address> isOpen, Fairness fairness) throws StoreException {
    Instant now = clock.instant();
    long version = changes.version();
    Map<Long, Marks.Standing> standings = marks.standings();
    Optional<String> behind = fairness.stoppedAt();
    Lanes rest = behind.map(lanes::behind).orElse(lanes);
    Outbox.Front front = database.read(tx -> Outbox.front(tx, rest, standings, MAX_LANES));
    fairness.stoppedAt(front.stoppedAt());
    List<Outbox.Head> open =
        front.heads().stream().filter(head -> isOpen(head.lane(), isOpen)).toList();
    fairness.looked(open.stream().map(head -> head.lane().author()).toList());
    Heads heads = new Heads(now, fairness);
    open.forEach(heads::consider);
    Optional<Outbox.Head> due = heads.due();
    if (due.isEmpty() && front.stoppedAt().isPresent()) {
      Instant soon = now.plus(NEXT_LANES);
      return Due.nothing(heads.next().filter(soon::isAfter).or(() -> Optional.of(soon)), version);
    }
    if (due.isEmpty()) {
      // The end was reached, so that another look begins at the beginning.
      return behind.isPresent()
          ? next(lanes, isOpen, fairness)
          : Due.nothing(heads.next(), version);
    }
    long id = due.get().id();
    OutboxEntry entry = database.read(tx -> Outbox.entry(tx, id)).orElseThrow();
    OutboxEntry known = Optional.ofNullable(standings.get(id))
        .map(standing -> entry.withAttempts(standing.attempts()))
        .orElse(entry);
    return new Due(
        Optional.of(known),
        due.get().lane().author(),
        heads.isExpired(due.get()),
        Optional.empty(),
        version);
  }

  /** A lane that cannot be read is open, so that its entries come to a sender, who refuses them. */
  private static boolean isOpen(Lane lane, Predicate<Address> isOpen) {
    return !lane.isReadable() || isOpen.test(lane.address());
  }

  int waiting(Address address, Author author) throws StoreException {
    Map<Long, Marks.Standing> standings = marks.standings();
    List<Long> ids = database.read(tx -> Outbox.waiting(tx, Lane.allOf(address, author)));
    return (int) ids.stream().filter(id -> !Marks.isSettled(standings, id)).count();
  }
}
