package org.longwire.relay.queue;

import java.time.Instant;
import java.util.Optional;

/** Chooses among the heads of lanes: the oldest that is due, else the time when one becomes due. */
final class Heads {
  private final long now;
  private Optional<Outbox.Head> due = Optional.empty();
  private Optional<Instant> next = Optional.empty();

  Heads(Instant now) {
    this.now = now.toEpochMilli();
  }

  void consider(Outbox.Head head) {
    if (isDue(head)) {
      if (due.isEmpty() || head.id() < due.get().id()) {
        due = Optional.of(head);
      }
      return;
    }
    Instant then = Instant.ofEpochMilli(Math.min(head.notBefore(), head.expiresAt()));
    if (next.isEmpty() || then.isBefore(next.get())) {
      next = Optional.of(then);
    }
  }

  Optional<Outbox.Head> due() {
    return due;
  }

  Optional<Instant> next() {
    return next;
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
