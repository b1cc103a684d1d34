package org.longwire.radio.sim;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** Both clocks of a test, turned by hand and always in step. */
public final class HandClock implements LongSupplier, InstantSource {
  private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

  private long nanos;

  @Override
  public long getAsLong() {
    return nanos;
  }

  @Override
  public Instant instant() {
    return START.plusNanos(nanos);
  }

  public void forward(Duration time) {
    nanos += time.toNanos();
  }

  /** Turns the clock to so many milliseconds after its start; never back. */
  public void turnTo(long millis) {
    nanos = Math.max(nanos, Duration.ofMillis(millis).toNanos());
  }
}
