package org.longwire.relay.queue;

import java.time.Instant;
import java.util.Optional;

/**
 * What a sender has to do now.
 *
 * @param entry the one whose turn it is
 * @param author of the entry
 * @param expired whether the entry has waited too long, so that it is only to be settled
 * @param next without an entry, when the first waiting one becomes due; empty if none waits
 * @param version the state of the ledger that was seen, for {@link Ledger#awaitWork}
 */
public record Due(
    Optional<OutboxEntry> entry,
    Author author,
    boolean expired,
    Optional<Instant> next,
    long version) {
  static Due nothing(Optional<Instant> next, long version) {
    return new Due(Optional.empty(), Author.UNKNOWN, false, next, version);
  }

  /** The same, but something else is to be done at a time. */
  Due until(Optional<Instant> other) {
    return new Due(entry, author, expired, other, version);
  }
}
