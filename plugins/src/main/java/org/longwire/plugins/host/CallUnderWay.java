package org.longwire.plugins.host;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.longwire.plugins.api.Limits;
import org.longwire.plugins.api.PluginException;

/** A call that a plugin makes now, and until when. Any thread. */
final class CallUnderWay {
  /** For a call that was interrupted to end. */
  static final Duration GRACE = Duration.ofMillis(500);

  private final Job job;
  private final LongSupplier nanos;
  private final Watch watch;

  /** Held while it is killed, which may take its time; taken before all other locks. */
  private final Object end = new Object();

  private boolean hasEnded;
  private long deadline;
  private boolean isKilled;
  private boolean isOnErrand;

  /** What it has of its own time, and of the relay's, in nanoseconds, while that does not run. */
  private long own;

  private long errands = Limits.ERRANDS.toNanos();

  /** How a call has ended for the host. */
  enum Ending {
    IN_TIME,
    KILLED,
    /** The thread was given up meanwhile. */
    LEFT
  }

  /** Something that the relay does for the plugin, which takes its time. */
  @FunctionalInterface
  interface Errand<T> {
    T run() throws PluginException;
  }

  CallUnderWay(Job job, LongSupplier nanos, Watch watch) {
    this.job = job;
    this.nanos = nanos;
    this.watch = watch;
    end(job.invocation().limit().toNanos());
  }

  Job job() {
    return job;
  }

  private void end(long left) {
    deadline = nanos.getAsLong() + left;
    watch.expect(deadline);
  }

  synchronized Duration left() {
    return Duration.ofNanos(deadline - nanos.getAsLong());
  }

  synchronized boolean isOver() {
    return nanos.getAsLong() - deadline >= 0;
  }

  synchronized boolean isKilled() {
    return isKilled;
  }

  /**
   * Its time is over: has it end in that way, and gives it its grace; unless it has just ended, or
   * was killed before. What follows on its thread waits until that is done, so that it strikes
   * nothing else.
   */
  void kill(Runnable way) {
    synchronized (end) {
      if (!hasEnded && !isKilled()) {
        beginGrace();
        way.run();
      }
    }
  }

  private synchronized void beginGrace() {
    isKilled = true;
    end(GRACE.toNanos());
  }

  /** It has come to its end by itself, or because it was killed; nothing kills it any more. */
  Ending finish() {
    synchronized (end) {
      hasEnded = true;
      return isKilled() ? Ending.KILLED : Ending.IN_TIME;
    }
  }

  /** Gives it no more time than that. */
  synchronized void hasten(Duration time) {
    if (!isKilled && time.compareTo(left()) < 0) {
      isOnErrand = false;
      end(time.toNanos());
    }
  }

  /** Has the relay do something in time that is not the plugin's own. */
  <T> T run(Errand<T> errand) throws PluginException {
    beginErrand();
    try {
      return errand.run();
    } finally {
      endErrand();
    }
  }

  private synchronized void beginErrand() {
    if (!isKilled && !isOnErrand) {
      isOnErrand = true;
      own = left().toNanos();
      end(errands);
    }
  }

  private synchronized void endErrand() {
    if (!isKilled && isOnErrand) {
      isOnErrand = false;
      errands = left().toNanos();
      end(own);
    }
  }
}
