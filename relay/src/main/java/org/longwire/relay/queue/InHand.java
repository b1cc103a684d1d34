package org.longwire.relay.queue;

import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The entries that senders hold. What expires behind their backs is settled under the same lock, so
 * that nobody attempts an entry that has just expired, and none expires while it is attempted.
 */
final class InHand {
  private final Set<Long> ids = new HashSet<>();
  private long expiries;

  /** How many entries have expired unattempted; ask before looking for work. */
  synchronized long expiries() {
    return expiries;
  }

  /** Fails if anything has expired since the look: it may have been this. */
  synchronized boolean take(OutboxEntry entry, long seen) {
    if (seen != expiries) {
      return false;
    }
    ids.add(entry.id());
    return true;
  }

  synchronized void release(OutboxEntry entry) {
    ids.remove(entry.id());
  }

  /**
   * Settles an entry that nobody holds.
   *
   * @param isSettled whether it is settled already
   * @param mark settles it
   * @return false if it is settled or held
   */
  synchronized boolean expire(OutboxEntry entry, BooleanSupplier isSettled, Runnable mark) {
    if (ids.contains(entry.id()) || isSettled.getAsBoolean()) {
      return false;
    }
    expiries++;
    mark.run();
    return true;
  }
}
