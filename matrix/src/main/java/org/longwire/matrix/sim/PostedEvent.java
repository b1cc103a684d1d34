package org.longwire.matrix.sim;

import java.time.Instant;
import java.util.Optional;
import org.longwire.matrix.EventId;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.UserId;

/**
 * An event as the double keeps it, for those who look on.
 *
 * @param body the content's {@code body}, if it has one
 * @param content the content as JSON text; {@code {}} once redacted
 * @param transaction the id its sender gave it, if it came over HTTP
 */
public record PostedEvent(
    EventId id,
    RoomId room,
    UserId sender,
    String type,
    Optional<String> stateKey,
    Optional<String> body,
    String content,
    Optional<String> transaction,
    Instant at) {}
