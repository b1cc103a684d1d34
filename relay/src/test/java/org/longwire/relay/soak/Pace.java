package org.longwire.relay.soak;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** How the turns of a soak follow each other, and the clock that the store goes by meanwhile. */
abstract sealed class Pace implements InstantSource {
  private final Duration length;
  private final Duration turn;

  Pace(Duration length, Duration turn) {
    this.length = length;
    this.turn = turn;
  }

  long turns() {
    return length.dividedBy(turn);
  }

  /** A monotonic clock in nanoseconds. */
  abstract LongSupplier nanoTime();

  /** Lets the time from the start to the beginning of this turn pass. */
  abstract void until(long number);

  Duration timeOf(long number) {
    return turn.multipliedBy(number);
  }

  /** Time that passes when a turn is over, however long it took. */
  static final class Simulated extends Pace {
    private static final Instant START = Instant.parse("2026-11-20T12:00:00.123Z");
    private volatile Duration passed = Duration.ZERO;

    Simulated(Duration length, Duration turn) {
      super(length, turn);
    }

    @Override
    public Instant instant() {
      return START.plus(passed);
    }

    @Override
    LongSupplier nanoTime() {
      return () -> passed.toNanos();
    }

    @Override
    void until(long number) {
      passed = timeOf(number);
    }
  }

  /** The time that passes outside. */
  static final class Real extends Pace {
    private final long start = System.nanoTime();

    Real(Duration length, Duration turn) {
      super(length, turn);
    }

    @Override
    public Instant instant() {
      return Instant.now();
    }

    @Override
    LongSupplier nanoTime() {
      return System::nanoTime;
    }

    @Override
    void until(long number) {
      long end = start + timeOf(number).toNanos();
      for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
    }
  }
}
