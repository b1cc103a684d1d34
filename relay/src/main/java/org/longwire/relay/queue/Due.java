package org.longwire.relay.queue;

import java.time.Instant;
import java.util.Optional;

/**
 * What a sender has to do now.
 *
 * @param entry the oldest entry that stands at the head of its address and may be attempted
 * @param expired whether the entry has waited too long, so that it is only to be settled
 * @param next without an entry, when the first waiting one becomes due; empty if none waits
 * @param version the state of the ledger that was seen, for {@link Ledger#awaitWork}
 */
public record Due(
    Optional<OutboxEntry> entry, boolean expired, Optional<Instant> next, long version) {}
