package org.longwire.relay.store;

import java.time.Duration;

/**
 * How long somebody else has held the file, and when to try again. Written by the thread that
 * commits; read by others under the executor's lock, or for {@link #isAtAnEnd}.
 */
final class Patience {
  private final CommitObserver observer;
  private volatile boolean atAnEnd;
  private volatile boolean busy;
  private long sinceNanos;
  private volatile long tryAtNanos;

  Patience(CommitObserver observer) {
    this.observer = observer;
  }

  /** A try has met a lock. */
  void spend(long nowNanos) {
    if (!busy) {
      busy = true;
      sinceNanos = nowNanos;
    }
    tryAtNanos = nowNanos + WorkerExecutor.BUSY_PAUSE.toNanos();
    long spent = nowNanos - sinceNanos;
    if (spent >= WorkerExecutor.BUSY_LIMIT.toNanos()) {
      atAnEnd = true;
      observer.locked(Duration.ofNanos(spent));
    }
  }

  /** A group is through. */
  void renew() {
    busy = false;
    atAnEnd = false;
  }

  long nanosToNextTry(long nowNanos) {
    return busy ? tryAtNanos - nowNanos : 0;
  }

  boolean isAtAnEnd() {
    return atAnEnd;
  }
}
