package org.longwire.relay.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.StoreException;

/**
 * Has what was accepted not sent after all: its author thought better of it, nobody is there to
 * hear it, or it is too old. What authors take back is durable on return, lest a crash send it. Any
 * thread.
 */
public final class Withdrawals {
  /** The reason as {@code trace} shows it. */
  public static final String TAKEN_BACK = "taken back before it was sent";

  private final Ledger ledger;
  private final Database database;
  private final Bookmarks bookmarks;

  Withdrawals(Ledger ledger, Database database, Bookmarks bookmarks) {
    this.ledger = ledger;
    this.database = database;
    this.bookmarks = bookmarks;
  }

  /**
   * Settles what waits of a message as filtered; what a sender holds at this moment goes its way.
   *
   * @param reason as {@code trace} shows it
   */
  public void rest(Original original, String reason) throws StoreException, InterruptedException {
    each(original.waiting(), reason);
  }

  /** The same for all that waits for an address, because nobody is there any more. */
  public void withdrawFrom(Address address, String reason)
      throws StoreException, InterruptedException {
    each(database.read(tx -> Outbox.waiting(tx, Lanes.of(address))), reason);
  }

  private void each(List<Long> ids, String reason) throws StoreException, InterruptedException {
    boolean isChanged = false;
    for (OutboxEntry entry : entries(ids)) {
      isChanged |= ledger.settleUnlessInHand(List.of(entry), settled(ledger.now(), reason));
    }
    if (isChanged) {
      makeDurable();
    }
  }

  /**
   * The same with a message of which nothing is delivered, in doubt or in a sender's hand.
   *
   * @param reason as {@code trace} shows it
   * @return false, and nothing done, if something of it has gone its way
   */
  public boolean whole(Original original, String reason)
      throws StoreException, InterruptedException {
    boolean hasBegun = original.deliveries().stream()
        .anyMatch(sending -> sending.fate() == Fate.DELIVERED || sending.inDoubt());
    if (hasBegun
        || !ledger.settleUnlessInHand(entries(original.waiting()), settled(ledger.now(), reason))) {
      return false;
    }
    makeDurable();
    return true;
  }

  /**
   * Settles what waits, and forgets the words: what a sender holds at this moment is not tried
   * again either.
   */
  public void takeBack(Original original) throws StoreException, InterruptedException {
    bookmarks.writeAlong(tx -> Inbox.takeBack(tx, original.origin()) > 0, it -> it);
    rest(original, TAKEN_BACK);
  }

  /**
   * Settles some of those that have waited too long and are in nobody's hand.
   *
   * @param standings what this process knows better than the file
   * @return how many were settled
   */
  int expire(Instant now, Map<Long, Marks.Standing> standings, Outbox.Settled expiry)
      throws StoreException {
    List<Long> ids = database.read(tx -> Outbox.expired(tx, now, Ledger.EXPIRY_BATCH)).stream()
        .filter(id -> !Marks.isSettled(standings, id))
        .toList();
    int settled = 0;
    for (OutboxEntry entry : entries(ids)) {
      settled += ledger.settleUnlessInHand(List.of(entry), expiry) ? 1 : 0;
    }
    return settled;
  }

  /** Whether the message of an entry was taken back. */
  boolean isTakenBack(OutboxEntry entry) throws StoreException {
    return database.read(tx -> Inbox.isTakenBack(tx, IdSequence.messageOf(entry.id())));
  }

  static Outbox.Settled settled(Instant now, String reason) {
    return new Outbox.Settled(Fate.FILTERED, now, reason, "", reason);
  }

  private List<OutboxEntry> entries(List<Long> ids) throws StoreException {
    List<OutboxEntry> entries = new ArrayList<>();
    for (long id : ids) {
      database.read(tx -> Outbox.entry(tx, id)).ifPresent(entries::add);
    }
    return entries;
  }

  private void makeDurable() throws StoreException, InterruptedException {
    bookmarks.writeAlong(tx -> true, it -> true);
  }
}
