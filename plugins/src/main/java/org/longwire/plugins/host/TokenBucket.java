package org.longwire.plugins.host;

import java.time.Duration;
import java.util.function.LongSupplier;

/** So much at once, and so much over time. Any thread. */
final class TokenBucket {
  private final LongSupplier nanos;
  private final int burst;
  private final Duration refill;
  private double tokens;
  private long at;

  /**
   * @param burst how many may be taken at once
   * @param refill after which there is one more; zero for no limit
   */
  TokenBucket(LongSupplier nanos, int burst, Duration refill) {
    this.nanos = nanos;
    this.burst = burst;
    this.refill = refill;
    this.tokens = burst;
    this.at = nanos.getAsLong();
  }

  /**
   * Takes some if there is at least one; what is taken beyond is owed.
   *
   * @return how long to wait for one; zero if they were taken
   */
  synchronized Duration take(int count) {
    if (refill.isZero()) {
      return Duration.ZERO;
    }
    long now = nanos.getAsLong();
    tokens = Math.min(burst, tokens + (double) (now - at) / refill.toNanos());
    at = now;
    if (tokens < 1) {
      return Duration.ofNanos((long) Math.ceil((1 - tokens) * refill.toNanos()));
    }
    tokens -= count;
    return Duration.ZERO;
  }
}
