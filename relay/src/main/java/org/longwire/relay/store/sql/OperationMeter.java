package org.longwire.relay.store.sql;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** Counts one operation and how long it took, in buckets that double. Any thread. */
final class OperationMeter {
  /** The first bucket ends at 1 µs, the last but one at about 67 s. */
  static final int BUCKETS = 28;

  private final LongAdder count = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final LongAdder nanos = new LongAdder();
  private final AtomicLongArray buckets = new AtomicLongArray(BUCKETS);

  void took(long elapsedNanos, boolean failed) {
    count.increment();
    nanos.add(elapsedNanos);
    if (failed) {
      errors.increment();
    }
    long micros = Math.max(0, elapsedNanos / 1_000);
    buckets.incrementAndGet(Math.min(BUCKETS - 1, Long.SIZE - Long.numberOfLeadingZeros(micros)));
  }

  OperationStatistics statistics(String operation) {
    long[] counts = new long[BUCKETS];
    long sum = 0;
    for (int i = 0; i < BUCKETS; i++) {
      counts[i] = buckets.get(i);
      sum += counts[i];
    }
    return new OperationStatistics(
        operation,
        count.sum(),
        errors.sum(),
        Duration.ofNanos(nanos.sum()),
        quantile(counts, sum, 50),
        quantile(counts, sum, 99));
  }

  /** The upper end of the bucket that the quantile is in. */
  private static Duration quantile(long[] counts, long sum, int percent) {
    long wanted = (sum * percent + 99) / 100;
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= wanted && seen > 0) {
        return Duration.ofNanos(1_000L << i);
      }
    }
    return Duration.ZERO;
  }
}
