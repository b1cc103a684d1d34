package org.longwire.relay.queue;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: doubling from the first wait up to the longest, each
 * shortened by chance so that many clients of one server do not return at the same moment.
 *
 * @param jitter the greatest part of a wait that chance takes away, 0 to 1
 */
public record RetryPolicy(Duration first, Duration longest, double jitter) {
  /** 1 s to 60 s (reference: matrix.md §2.5). */
  public static final RetryPolicy STANDARD =
      new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(60), 0.25);

  /** Doublings beyond this change nothing and would overflow. */
  private static final int MAX_DOUBLINGS = 30;

  public RetryPolicy {
    if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("waits from " + first + " to " + longest);
    }
    if (!(jitter >= 0 && jitter < 1)) {
      throw new IllegalArgumentException("a jitter of " + jitter);
    }
  }

  /** @param failures how many attempts failed before this wait; 0 and 1 wait the first time */
  public Duration pauseAfter(int failures, RandomGenerator random) {
    int doublings = Math.min(MAX_DOUBLINGS, Math.max(0, failures - 1));
    double millis = Math.min(longest.toMillis(), first.toMillis() * (double) (1L << doublings));
    return Duration.ofMillis(Math.round(millis * (1 - jitter * random.nextDouble())));
  }
}
