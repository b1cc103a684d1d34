package org.longwire.relay.queue;

import java.time.Instant;
import java.util.Optional;

/**
 * One delivery that waits.
 *
 * @param id rises in the order of acceptance
 * @param token the transaction id or the packet id (eight hex digits), stored before any attempt
 * @param attempts how many attempts have begun, including one that a crash cut short
 * @param firstAttempt when the first of them began
 */
public record OutboxEntry(
    long id,
    Address address,
    Payload payload,
    String token,
    int part,
    int parts,
    int attempts,
    Optional<Instant> firstAttempt,
    Instant acceptedAt,
    Instant expiresAt) {}
