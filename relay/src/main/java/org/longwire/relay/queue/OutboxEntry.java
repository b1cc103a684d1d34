package org.longwire.relay.queue;

import java.time.Instant;

/**
 * One delivery that waits.
 *
 * @param id rises in the order of acceptance
 * @param token the transaction id or the packet id (eight hex digits), stored before any attempt
 * @param attempts how many attempts under this token have failed so far
 */
public record OutboxEntry(
    long id,
    Address address,
    Payload payload,
    String token,
    int part,
    int parts,
    int attempts,
    Instant acceptedAt,
    Instant expiresAt) {
  /** The same entry under another token. */
  OutboxEntry withToken(String other) {
    return new OutboxEntry(
        id, address, payload, other, part, parts, attempts, acceptedAt, expiresAt);
  }

  /** The same entry after other failures. */
  OutboxEntry withAttempts(int other) {
    return new OutboxEntry(id, address, payload, token, part, parts, other, acceptedAt, expiresAt);
  }
}
