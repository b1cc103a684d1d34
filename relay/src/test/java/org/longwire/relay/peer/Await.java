package org.longwire.relay.peer;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Waits for what other processes bring about: they cannot wake us, so we look. */
final class Await {
  /** Beyond any wait that a server asks for, and any pause of ours between attempts. */
  static final Duration LONG = Duration.ofMinutes(3);

  private static final Duration LOOK = Duration.ofMillis(50);

  private Await() {}

  @FunctionalInterface
  interface Condition {
    boolean holds() throws Exception;
  }

  /** @param detail how things are, for the one who reads the failure */
  static void until(String what, Duration limit, Condition condition, Supplier<?> detail)
      throws Exception {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError(
            "waited %s in vain until %s; now: %s".formatted(limit, what, detail.get()));
      }
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
    }
  }
}
