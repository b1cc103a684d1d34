package org.longwire.relay.queue;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * Chooses among the heads of lanes: of authors who are not overdrawn, of the highest precedence,
 * the oldest. The first of a queue stands for all of it, so that one that is put off holds back its
 * like; the first that is due is next.
 */
final class Heads {
  private static final Comparator<Candidate> ORDER = Comparator.comparing(Candidate::isOverdrawn)
      .thenComparing(candidate -> candidate.queue().precedence())
      .thenComparing(candidate -> candidate.head().id());

  private final long now;
  private final Fairness fairness;
  private final Map<Lane.Queue, Candidate> queues = new HashMap<>();

  private record Candidate(Outbox.Head head, Lane.Queue queue, boolean isOverdrawn) {}

  Heads(Instant now, Fairness fairness) {
    this.now = now.toEpochMilli();
    this.fairness = fairness;
  }

  void consider(Outbox.Head head) {
    Lane lane = head.lane();
    Candidate candidate = new Candidate(head, lane.queue(), isOverdrawn(lane));
    queues.merge(candidate.queue, candidate, BinaryOperator.minBy(ORDER));
  }

  private boolean isOverdrawn(Lane lane) {
    return fairness.isOverdrawn(lane.author())
        || lane.leader().filter(fairness::isOverdrawn).isPresent();
  }

  Optional<Outbox.Head> due() {
    return queues.values().stream()
        .filter(candidate -> isDue(candidate.head))
        .min(ORDER)
        .map(Candidate::head);
  }

  /** When the first head becomes due; only asked while none is. */
  Optional<Instant> next() {
    return queues.values().stream()
        .map(candidate -> Math.min(candidate.head.notBefore(), candidate.head.expiresAt()))
        .min(Comparator.naturalOrder())
        .map(Instant::ofEpochMilli);
  }

  boolean isExpired(Outbox.Head head) {
    return head.expiresAt() <= now;
  }

  /** Nothing is put off for longer than the limit; what seems so was put off by another clock. */
  private boolean isDue(Outbox.Head head) {
    return head.notBefore() <= now
        || head.notBefore() > now + Ledger.MAX_DEFERRAL.toMillis()
        || isExpired(head);
  }
}
