package org.longwire.plugins.host;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.longwire.plugins.api.Limits;

/** Decides when a plugin has to rest, and when for good. Its user guards it. */
final class FaultRecord {
  /** A plugin that was well for so long starts anew. */
  private static final Duration FORGOTTEN = Duration.ofDays(1);

  private final Deque<Long> recent = new ArrayDeque<>();
  private long last;
  private int rests;

  /** What follows of a fault. */
  enum Verdict {
    GO_ON,
    REST,
    SWITCH_OFF
  }

  /** @param now in nanoseconds */
  Verdict fault(long now) {
    if (now - last > FORGOTTEN.toNanos()) {
      rests = 0;
    }
    last = now;
    recent.removeIf(at -> now - at > Limits.FAULT_SPELL.toNanos());
    recent.add(now);
    return recent.size() < Limits.FAULTS ? Verdict.GO_ON : rest();
  }

  /** A fault after which it cannot go on at once. */
  Verdict graveFault(long now) {
    return fault(now) == Verdict.GO_ON ? rest() : verdictOfLastRest();
  }

  private Verdict rest() {
    recent.clear();
    rests++;
    return verdictOfLastRest();
  }

  private Verdict verdictOfLastRest() {
    return rests > Limits.RESTS ? Verdict.SWITCH_OFF : Verdict.REST;
  }

  int rests() {
    return Math.min(rests, Limits.RESTS);
  }
}
