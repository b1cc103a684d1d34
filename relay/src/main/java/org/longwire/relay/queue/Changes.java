package org.longwire.relay.queue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts what happens to the ledger and lets senders wait for the next thing. */
final class Changes {
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
   * prolong it.
   */
  void await(long seen, Optional<Duration> limit) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (limit.isEmpty()) {
        while (version == seen) {
          changed.await();
        }
        return;
      }
      long left = limit.get().toNanos();
      while (version == seen && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
