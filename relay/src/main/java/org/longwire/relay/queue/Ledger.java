package org.longwire.relay.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.longwire.matrix.SyncToken;
import org.longwire.matrix.UserId;
import org.longwire.radio.PacketId;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.StoreException;

/**
 * What was accepted, what is to be delivered, and what became of it. A message is accepted when
 * {@link #accept} or {@link #acceptPage} has returned: it is durable, with the ids under which it
 * will be attempted. What follows is written lazily, because doing it again with the same id does
 * no harm. Safe for use by many threads; the entries of one address are attempted by one thread.
 */
public final class Ledger {
  /** How long settled messages keep their words and deliveries, for {@code trace}. */
  public static final Duration RETENTION = Duration.ofDays(7);

  /** Expired entries settled in one go. */
  public static final int EXPIRY_BATCH = 200;

  /**
   * The longest that an entry can be put off. A head that seems to wait longer was put off before
   * the clock went back, and is due.
   */
  public static final Duration MAX_DEFERRAL = Duration.ofHours(1);

  /** Deliveries of one message at most, to all its addresses together. */
  public static final int MAX_DELIVERIES = IdSequence.MAX_DELIVERIES;

  /** Packets that may wait for a channel or a node, of one person; more would only expire. */
  public static final int MAX_WAITING_FOR_MESH = 100;

  /** Messages that may wait for a room, of one node: an outage of hours, or a flood. */
  public static final int MAX_WAITING_FOR_ROOM = 200;

  private final Database database;
  private final InstantSource clock;
  private final Outbox outbox;
  private final Intake intake;
  private final Bookmarks bookmarks;
  private final Changes changes = new Changes();
  private final Marks marks;
  private final InHand inHand = new InHand();
  private final Watchers watchers = new Watchers();
  private final Turns turns;
  private final LateOutcomes late;
  private final Originals originals;
  private final DirectRooms directRooms;
  private final Withdrawals withdrawals;
  private final Failures failures;

  private Ledger(Database database, InstantSource clock, IdSequence ids, Tokens tokens) {
    this.database = database;
    this.clock = clock;
    this.outbox = new Outbox(tokens);
    this.intake = new Intake(new Inbox(ids), outbox, clock);
    this.bookmarks = new Bookmarks(database, clock);
    this.marks = new Marks(database, changes::tell);
    this.turns = new Turns(database, clock, changes, marks);
    this.late = new LateOutcomes(this, new LateOutcomes.Books(outbox, bookmarks, marks), watchers);
    this.originals = new Originals(database, marks);
    this.directRooms = new DirectRooms(database, clock);
    this.withdrawals = new Withdrawals(this, database, bookmarks);
    this.failures = new Failures(database, marks);
  }

  /** @param random unguessable, because transaction ids are made of it */
  public static Ledger open(Database database, InstantSource clock, RandomGenerator random)
      throws StoreException {
    long last = database
        .read(tx -> tx.first("SELECT coalesce(max(id), 0) FROM inbox", row -> row.getLong(1)))
        .orElse(0L);
    return new Ledger(database, clock, new IdSequence(clock, last), new Tokens(random, clock));
  }

  /** Has somebody more told the fates of deliveries; what was settled before is not told. */
  public void watch(FateWatcher watcher) {
    watchers.add(watcher);
  }

  /** All who watch, for those who have more to tell than the ledger knows. */
  FateWatcher watchers() {
    return watchers;
  }

  /** The time by which entries become due. */
  public Instant now() {
    return clock.instant();
  }

  /**
   * Accepts a message; durable on return.
   *
   * @return false, and nothing written, if it is known already
   */
  public boolean accept(Arrival arrival) throws StoreException, InterruptedException {
    Intake.check(arrival);
    boolean taken = bookmarks.writeAlong(tx -> intake.add(tx, arrival), it -> it);
    if (taken) {
      changes.tell();
      watchers.accepted(List.of(arrival));
    }
    return taken;
  }

  /**
   * Accepts what a page of the sync gave rise to, the gaps it left and its token, all at once. An
   * empty page's token waits in memory for the next write, a quarter of an hour at most; but an
   * account's first one is durable at once, lest the next start take all until then for history.
   *
   * <p>While a room has a gap, pass the gap again with its new end, and not the room's later
   * timeline: {@link #advanceGap} reads it in order.
   */
  public Accepted acceptPage(
      UserId account, List<Arrival> arrivals, List<Gap> opened, SyncToken next)
      throws StoreException, InterruptedException {
    Optional<SyncToken> known = syncToken(account);
    if (arrivals.isEmpty() && opened.isEmpty() && known.isPresent()) {
      // A server at rest gives the same token over and over: nothing to write.
      if (!known.get().equals(next) || bookmarks.held(account).isPresent()) {
        bookmarks.remember(account, next);
      }
      return new Accepted(0, 0);
    }
    arrivals.forEach(Intake::check);
    bookmarks.forgetHeld();
    Accepted accepted = database.write(tx -> {
      Accepted taken = intake.addAll(tx, arrivals);
      for (Gap gap : opened) {
        Bookmarks.open(tx, gap);
      }
      Bookmarks.write(tx, account, next, now());
      return taken;
    });
    changes.tell();
    watchers.accepted(arrivals);
    return accepted;
  }

  /** How far this account has read; another account's token is of no use to it. */
  public Optional<SyncToken> syncToken(UserId account) throws StoreException {
    Optional<SyncToken> held = bookmarks.held(account);
    return held.isPresent() ? held : database.read(tx -> Bookmarks.token(tx, account));
  }

  /** Whether a message was accepted before. */
  public boolean isKnown(Origin origin) throws StoreException {
    return database.read(tx -> Inbox.isKnown(tx, origin));
  }

  /** Whether a radio of ours was given a packet of this id, as far as the ledger remembers. */
  public boolean isOwnPacket(PacketId packet) throws StoreException {
    return database.read(tx -> Outbox.isSent(tx, packet));
  }

  /** What is still to be read, the oldest first. */
  public List<Gap> gaps() throws StoreException {
    return database.read(Bookmarks::gaps);
  }

  /**
   * Accepts what was read from a gap and moves it on, at once.
   *
   * @param from where to read on; empty when {@code gap.to()} was reached, which closes the gap
   *     unless it has grown meanwhile
   */
  public Accepted advanceGap(Gap gap, List<Arrival> arrivals, Optional<String> from)
      throws StoreException, InterruptedException {
    arrivals.forEach(Intake::check);
    Accepted accepted = bookmarks.writeAlong(
        tx -> {
          Accepted taken = intake.addAll(tx, arrivals);
          Bookmarks.advance(tx, gap, arrivals.size(), from);
          return taken;
        },
        it -> true);
    changes.tell();
    watchers.accepted(arrivals);
    return accepted;
  }

  /**
   * What a sender has to do now. Only the head of each address and precedence counts: a deferred
   * one holds back its like and no other.
   *
   * @param open whether an address can be delivered to at present
   * @param fairness the sender's own
   */
  public Due due(Lanes lanes, Predicate<Address> open, Fairness fairness) throws StoreException {
    while (true) {
      long seen = inHand.settlings();
      Due due = turns.next(lanes, open, fairness);
      if (due.entry().isEmpty()) {
        return due;
      }
      OutboxEntry entry = due.entry().get();
      if (inHand.take(entry, seen)) {
        if (!withdrawals.isTakenBack(entry)) {
          return due;
        }
        settle(entry, Withdrawals.settled(now(), Withdrawals.TAKEN_BACK));
      }
    }
  }

  /**
   * How many deliveries by an author wait for an address, for the limits
   * {@link #MAX_WAITING_FOR_MESH} and {@link #MAX_WAITING_FOR_ROOM}.
   */
  public int waiting(Address address, Author author) throws StoreException {
    return turns.waiting(address, author);
  }

  /**
   * Waits until something was accepted, renewed or unparked after {@code due} was asked for, or
   * until its next entry becomes due.
   */
  public void awaitWork(Due due) throws InterruptedException {
    changes.await(due.version(), due.next().map(next -> Duration.between(now(), next)));
  }

  /** Wakes the senders, because an address may have opened. */
  public void unparked() {
    changes.tell();
  }

  /** It is not attempted after all, for now. */
  void putBack(OutboxEntry entry) {
    inHand.release(entry);
  }

  /** It is there. */
  public void delivered(OutboxEntry entry, String remoteId) {
    settle(entry, new Outbox.Settled(Fate.DELIVERED, now(), "", remoteId, "handed over"));
  }

  /** The other side refused it for good. */
  public void refused(OutboxEntry entry, String reason) {
    settle(entry, Outbox.Settled.refused(now(), reason));
  }

  /** It waited too long. */
  public void expired(OutboxEntry entry) {
    settle(entry, expiry());
  }

  private Outbox.Settled expiry() {
    return new Outbox.Settled(Fate.EXPIRED, now(), "waited too long", "", "expired");
  }

  private void settle(OutboxEntry entry, Outbox.Settled settled) {
    mark(entry, settled);
    inHand.release(entry);
    watchers.settled(entry, settled.fate(), settled.reason(), settled.remoteId());
  }

  private void mark(OutboxEntry entry, Outbox.Settled settled) {
    marks.cover(
        entry.id(),
        new Marks.Standing(
            settled.fate(),
            settled.at().toEpochMilli(),
            entry.attempts(),
            settled.reason(),
            settled.remoteId()),
        tx -> Outbox.settle(tx, entry, settled));
  }

  /**
   * It is to be attempted again, with the same token. A day without the other side must not wear
   * the card: putting off again for the same reason, uncounted, is known in memory only.
   *
   * @param notBefore at most {@link #MAX_DEFERRAL} from now
   * @param counted whether the entry itself failed
   */
  public void deferred(OutboxEntry entry, Instant notBefore, String reason, boolean counted) {
    Outbox.Deferred deferred = deferral(entry, notBefore, reason, counted);
    Marks.Standing standing = new Marks.Standing(
        Fate.WAITING, deferred.notBefore().toEpochMilli(), deferred.attempts(), reason, "");
    if (counted || !marks.prolong(entry.id(), standing)) {
      marks.cover(entry.id(), standing, tx -> Outbox.defer(tx, entry, deferred));
    }
    inHand.release(entry);
  }

  /**
   * Gives an entry a new packet id, durable before it is used. Its place in the order stays, and it
   * may be attempted at once.
   */
  public OutboxEntry renew(OutboxEntry entry, String reason)
      throws StoreException, InterruptedException {
    marks.retry();
    Outbox.Deferred deferred = deferral(entry, Instant.EPOCH, reason, false);
    OutboxEntry renewed = bookmarks.writeAlong(tx -> outbox.renew(tx, entry, deferred), it -> true);
    marks.uncover(entry.id());
    changes.tell();
    return renewed;
  }

  Outbox.Deferred deferral(OutboxEntry entry, Instant notBefore, String reason, boolean counted) {
    Instant now = now();
    Instant latest = now.plus(MAX_DEFERRAL);
    return new Outbox.Deferred(
        now,
        notBefore.isAfter(latest) ? latest : notBefore,
        entry.attempts() + (counted ? 1 : 0),
        reason);
  }

  /** What becomes known of packets after they were settled. */
  public LateOutcomes late() {
    return late;
  }

  /** Finds messages by their names. */
  public Originals originals() {
    return originals;
  }

  /** Finds what did not reach the mesh, or not yet. */
  public Failures failures() {
    return failures;
  }

  /** The private rooms. */
  public DirectRooms directRooms() {
    return directRooms;
  }

  /** Second thoughts of authors. */
  public Withdrawals withdrawals() {
    return withdrawals;
  }

  /**
   * Settles entries that have waited too long, also those of closed addresses; an entry that is
   * being attempted is left to its sender.
   *
   * @return how many; {@link #EXPIRY_BATCH} means that there may be more
   */
  public int expireDue(Instant now) throws StoreException {
    return withdrawals.expire(now, marks.standings(), expiry());
  }

  /**
   * Settles all of them or none: they must wait, and be in no sender's hand. What was committed
   * lately is known to the file alone, so that is asked last.
   */
  boolean settleUnlessInHand(List<OutboxEntry> entries, Outbox.Settled settled)
      throws StoreException {
    InHand.Question isOpen = entry ->
        !marks.isSettled(entry.id()) && database.read(tx -> Outbox.isWaiting(tx, entry.id()));
    if (!inHand.settle(entries, isOpen, entry -> mark(entry, settled))) {
      return false;
    }
    entries.forEach(
        entry -> watchers.settled(entry, settled.fate(), settled.reason(), settled.remoteId()));
    return true;
  }

  /**
   * Removes what has been kept long enough, a batch at a time.
   *
   * @param keep how long after its settling a message stays, at least a day
   * @return how many messages; call again while it is not 0
   */
  public int purge(Instant now, Duration keep) throws StoreException, InterruptedException {
    Retention.Stale stale = database.read(tx -> Retention.find(tx, now, keep));
    return stale.ids().isEmpty() ? 0 : database.write(tx -> Retention.remove(tx, stale));
  }

  /** Writes everything that is known and not yet on disk; durable on return. */
  public void flush() throws StoreException, InterruptedException {
    marks.retry();
    bookmarks.writeAlong(tx -> true, it -> true);
    if (marks.unwritten() > 0) {
      throw new StoreException.Transient(marks.unwritten() + " marks are not written");
    }
  }

  /** Submits marks that could not be written again, and says how many there were. */
  int retryMarks() {
    return marks.retry();
  }
}
