package org.longwire.relay.store.sql;

import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * Makes ids that sort by the time of their rows: milliseconds times 2^20, plus what tells a row
 * from others of that millisecond. Two relays that write one database meet with a chance of 1 in
 * half a million per millisecond that they share. Any thread.
 */
final class TimeIds {
  private static final int SHIFT = 20;

  /** Leaves as many numbers after the random one for those that come in the same millisecond. */
  private static final int RANDOM = 1 << (SHIFT - 1);

  /** Milliseconds of which the last id is known: threads bring their times in any order. */
  private static final int REMEMBERED = 256;

  private static final long LAST_MILLI = Long.MAX_VALUE >> SHIFT;
  private static final Instant LAST = Instant.ofEpochMilli(LAST_MILLI);

  private final RandomGenerator random;
  private final long[] lastOf = new long[REMEMBERED];
  private long last;

  TimeIds(RandomGenerator random) {
    this.random = random;
  }

  /** The least id of a time; times that no id can tell are moved to the nearest that one can. */
  static long first(Instant at) {
    if (at.isBefore(Instant.EPOCH)) {
      return 0;
    }
    return at.isAfter(LAST) ? Long.MAX_VALUE : at.toEpochMilli() << SHIFT;
  }

  static Instant timeOf(long id) {
    return Instant.ofEpochMilli(id >> SHIFT);
  }

  /** A new id; of one time, each is greater than the one before. */
  synchronized long next(Instant at) {
    long first = Math.min(first(at), LAST_MILLI << SHIFT);
    int slot = (int) (first >> SHIFT) & (REMEMBERED - 1);
    boolean known = lastOf[slot] >> SHIFT == first >> SHIFT && lastOf[slot] > 0;
    last = known ? lastOf[slot] + 1 : first + 1 + random.nextInt(RANDOM);
    lastOf[slot] = last;
    return last;
  }

  /** A new id that is also greater than all before, whatever the clock does. */
  synchronized long nextRising(Instant at) {
    long previous = last;
    return last = Math.max(previous + 1, next(at));
  }
}
