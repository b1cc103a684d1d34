package org.longwire.relay.queue;

import java.time.Duration;
import java.time.Instant;

/**
 * What an account has left of the rate that homeservers allow by default: a burst of ten events,
 * and one more every five seconds (matrix.md §0). Ours may allow more, which it does not say. Used
 * by one thread.
 */
final class SpareRate {
  static final int BURST = 10;
  static final Duration PER_EVENT = Duration.ofSeconds(5);

  private Instant full = Instant.MIN;

  /** An event was sent. */
  void spent(Instant now) {
    full = now.plus(untilFull(now)).plus(PER_EVENT);
  }

  /** When a whole burst is allowed again; no longer than it takes to fill what is empty. */
  Duration untilFull(Instant now) {
    if (!full.isAfter(now)) {
      return Duration.ZERO;
    }
    Duration left = Duration.between(now, full);
    Duration most = PER_EVENT.multipliedBy(BURST);
    return left.compareTo(most) < 0 ? left : most;
  }
}
