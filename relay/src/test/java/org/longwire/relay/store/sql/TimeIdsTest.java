package org.longwire.relay.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TimeIdsTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.456Z");
  private final TimeIds ids = new TimeIds(new Random(1));

  @Test
  void anIdTellsItsTimeAndSortsByIt() {
    long id = ids.next(NOON);
    assertEquals(NOON, TimeIds.timeOf(id));
    assertTrue(id > TimeIds.first(NOON));
    assertTrue(id < TimeIds.first(NOON.plusMillis(1)));
  }

  @Test
  void idsOfOneMillisecondRise() {
    long last = ids.next(NOON);
    for (int i = 0; i < 100_000; i++) {
      long next = ids.next(NOON);
      assertTrue(next > last);
      last = next;
    }
    assertEquals(NOON, TimeIds.timeOf(last));
  }

  @Test
  void noIdIsMadeTwiceWhenThreadsBringTheirTimesInTurns() {
    Set<Long> made = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      for (int milli = 0; milli < 20; milli++) {
        assertTrue(made.add(ids.next(NOON.plusMillis(milli))));
      }
    }
  }

  @Test
  void idsRiseEvenIfTheClockGoesBackWhereThatIsWanted() {
    long first = ids.nextRising(NOON);
    long second = ids.nextRising(NOON.minusSeconds(10));
    long third = ids.nextRising(NOON.minusSeconds(20));
    assertTrue(first < second && second < third);
  }

  @Test
  void noTimeIsTooFarAway() {
    assertEquals(0, TimeIds.first(Instant.MIN));
    assertEquals(Long.MAX_VALUE, TimeIds.first(Instant.MAX));
    assertTrue(ids.next(Instant.MAX) > 0);
    assertTrue(ids.next(Instant.MIN) > 0);
  }
}
