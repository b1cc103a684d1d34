package org.longwire.matrix;

import java.time.Instant;

/**
 * What every event in a room carries.
 *
 * @param at the time its server claims; untrusted
 */
public record EventHeader(EventId id, RoomId room, UserId sender, Instant at) {}
