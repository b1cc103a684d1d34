package org.longwire.relay.queue;

import java.time.Instant;
import java.time.InstantSource;

/**
 * Ids of messages: milliseconds times 4,096, so that they rise with time, in steps of
 * {@link #BLOCK}, and never at or below an earlier one even if the clock goes back. The ids of a
 * message's deliveries are its own plus 1, 2, and so on, so that {@code id & -BLOCK} is a
 * delivery's message. They stay below 2^53, the largest integer of JSON, until 2039, and are right
 * beyond.
 */
final class IdSequence {
  /** Ids that belong to one message; a power of two. */
  static final int BLOCK = 64;

  /** Deliveries of one message: rooms and parts are capped far below. */
  static final int MAX_DELIVERIES = BLOCK - 1;

  private static final int PER_MILLISECOND_BITS = 12;

  private final InstantSource clock;
  private long last;

  /** @param last the greatest id in use, 0 if none is */
  IdSequence(InstantSource clock, long last) {
    this.clock = clock;
    this.last = last;
  }

  synchronized long next() {
    last = Math.max(last + BLOCK, firstAt(clock.instant()));
    return last;
  }

  /** The message that an entry belongs to. */
  static long messageOf(long entry) {
    return entry & -BLOCK;
  }

  /** The least id that a message accepted at that time can have had. */
  static long firstAt(Instant time) {
    return Math.max(0, time.toEpochMilli()) << PER_MILLISECOND_BITS;
  }

  /** The time of which an id is the {@link #firstAt first}. */
  static Instant timeOf(long id) {
    return Instant.ofEpochMilli(id >> PER_MILLISECOND_BITS);
  }
}
