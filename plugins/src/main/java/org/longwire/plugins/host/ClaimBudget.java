package org.longwire.plugins.host;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.longwire.plugins.api.Limits;

/**
 * How long messages may yet wait for claims: {@link Limits#CLAIM} within any second, all together,
 * so that many messages at once wait no longer than one. For one thread that waits.
 */
final class ClaimBudget {
  private static final long SPELL = Duration.ofSeconds(1).toNanos();

  private final LongSupplier nanos;
  private final Deque<Waited> lately = new ArrayDeque<>();
  private long spent;

  private record Waited(long until, long time) {}

  ClaimBudget(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Until when a message may wait that comes now. */
  synchronized Deadline deadline() {
    long now = nanos.getAsLong();
    while (!lately.isEmpty() && now - lately.element().until() >= SPELL) {
      spent -= lately.remove().time();
    }
    return new Deadline(nanos, now + Math.max(0, Limits.CLAIM.toNanos() - spent));
  }

  /** A message has waited since then. */
  synchronized void spend(long since) {
    long now = nanos.getAsLong();
    lately.add(new Waited(now, now - since));
    spent += now - since;
  }
}
