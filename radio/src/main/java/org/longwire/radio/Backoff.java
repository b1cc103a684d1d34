package org.longwire.radio;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt to connect: 1, 2, 4 … 60 seconds, each spread by up to a
 * quarter either way, so that two programs that push each other off one node fall out of step.
 */
final class Backoff {
  private static final long FIRST_MS = 1_000;
  private static final long LONGEST_MS = 60_000;
  private static final double SPREAD = 0.25;

  private final RandomGenerator random;
  private long next = FIRST_MS;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  Duration next() {
    double factor = 1 + SPREAD * (2 * random.nextDouble() - 1);
    long wait = Math.min(LONGEST_MS, Math.round(next * factor));
    next = Math.min(LONGEST_MS, 2 * next);
    return Duration.ofMillis(wait);
  }

  /** The last session was a good one: begin again with a second. */
  void reset() {
    next = FIRST_MS;
  }
}
