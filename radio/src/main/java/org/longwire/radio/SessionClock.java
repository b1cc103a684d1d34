package org.longwire.radio;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** The session's two clocks and its only way to wait without a link. */
final class SessionClock {
  /** A moment that does not come. */
  static final long NEVER = Long.MAX_VALUE;

  /** Waits, and can be cut short by another thread. */
  interface Pause {
    void sleep(long millis) throws InterruptedException;
  }

  private final InstantSource wall;
  private final LongSupplier nanoTime;
  private final Pause pause;
  private final long origin;

  SessionClock(InstantSource wall, LongSupplier nanoTime, Pause pause) {
    this.wall = wall;
    this.nanoTime = nanoTime;
    this.pause = pause;
    this.origin = nanoTime.getAsLong();
  }

  Instant instant() {
    return wall.instant();
  }

  /** Milliseconds since the session was made; never backwards. */
  long millis() {
    return (nanoTime.getAsLong() - origin) / 1_000_000;
  }

  void pause(long millis) throws InterruptedException {
    pause.sleep(millis);
  }
}
