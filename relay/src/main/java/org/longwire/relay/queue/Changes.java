package org.longwire.relay.queue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts what happens to the ledger and lets senders wait for the next thing. */
final class Changes {
  /** The longest wait: rarely enough to cost nothing, often enough to be missed when it fails. */
  static final Duration LONGEST = Duration.ofSeconds(60);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long version;

  void tell() {
    lock.lock();
    try {
      version++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  long version() {
    lock.lock();
    try {
      return version;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until something has changed since {@code seen}, or for the given time. The time is taken
   * once and then measured by the monotonic clock, so that a wall clock that goes back does not
   * prolong it. Returns after {@link #LONGEST} in any case, as a sign of life for the watchdog.
   */
  void await(long seen, Optional<Duration> limit) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left =
          limit.filter(time -> time.compareTo(LONGEST) < 0).orElse(LONGEST).toNanos();
      while (version == seen && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
