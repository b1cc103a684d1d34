package org.longwire.relay.queue;

import java.time.Instant;
import org.longwire.matrix.RoomId;

/**
 * A stretch of a room's timeline that is still to be read, from {@code from} on until {@code to}.
 * There is at most one per room.
 *
 * @param from the position behind the last event taken
 * @param to where the stretch ends
 * @param taken how many events were taken from it so far
 */
public record Gap(RoomId room, String from, String to, Instant openedAt, int taken) {}
