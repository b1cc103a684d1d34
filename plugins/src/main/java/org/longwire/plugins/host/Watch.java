package org.longwire.plugins.host;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Sleeps until something of the plugins is due: a limit, a schedule, the end of a rest. While
 * nothing is, it does not wake. Any thread; one repeats {@link #step}.
 */
final class Watch {
  /** As good as never. */
  static final Duration NEVER = Duration.ofDays(365);

  private final LongSupplier nanos;
  private boolean isAsleep;
  private boolean isWoken;
  private long wakeAt;

  /** Looks after everything, and says when it wants to look again. */
  @FunctionalInterface
  interface Look {
    Duration look();
  }

  Watch(LongSupplier nanos) {
    this.nanos = nanos;
    this.wakeAt = nanos.getAsLong() + NEVER.toNanos();
  }

  /** Has it look at that time, in nanoseconds, at the latest. */
  synchronized void expect(long time) {
    if (time - wakeAt < 0) {
      wakeAt = time;
      if (isAsleep) {
        notifyAll();
      }
    }
  }

  /** Has it look at once. */
  synchronized void wake() {
    isWoken = true;
    notifyAll();
  }

  /** Looks, and sleeps. */
  void step(Look look) throws InterruptedException {
    synchronized (this) {
      isWoken = false;
      wakeAt = nanos.getAsLong() + NEVER.toNanos();
    }
    Duration sleep = look.look();
    synchronized (this) {
      expect(nanos.getAsLong() + sleep.toNanos());
      isAsleep = true;
      try {
        boolean isEarly = true;
        while (!isWoken && isEarly) {
          isEarly = new Deadline(nanos, wakeAt).await(this);
        }
      } finally {
        isAsleep = false;
      }
    }
  }
}
