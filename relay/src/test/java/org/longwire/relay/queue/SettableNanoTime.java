package org.longwire.relay.queue;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A monotonic clock that a test turns. It starts just below its overflow, as a real one may. */
final class SettableNanoTime implements LongSupplier {
  private long now = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();

  void pass(Duration duration) {
    now += duration.toNanos();
  }

  @Override
  public long getAsLong() {
    return now;
  }
}
