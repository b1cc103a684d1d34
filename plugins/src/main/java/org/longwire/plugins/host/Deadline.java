package org.longwire.plugins.host;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A point on a clock that only goes forward.
 *
 * @param nanos that clock
 */
record Deadline(LongSupplier nanos, long at) {
  static Deadline in(LongSupplier nanos, Duration time) {
    return new Deadline(nanos, nanos.getAsLong() + time.toNanos());
  }

  boolean isOver() {
    return left() <= 0;
  }

  long left() {
    return at - nanos.getAsLong();
  }

  /**
   * Waits on a monitor, which the caller holds, for a notification or the deadline.
   *
   * @return false if it is over already
   */
  boolean await(Object monitor) throws InterruptedException {
    long left = left();
    if (left <= 0) {
      return false;
    }
    monitor.wait(left / 1_000_000, (int) (left % 1_000_000));
    return true;
  }
}
