package org.longwire.relay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;

class MariaDbFailureTest {
  private static MariaDbFailure of(String state, int code) {
    return MariaDbFailure.of(new SQLException("x", state, code));
  }

  @Test
  void deadlocksAndTheirLikeAreRunAgain() {
    assertEquals(MariaDbFailure.AGAIN, of("40001", 1213));
    assertEquals(MariaDbFailure.AGAIN, of("HY000", 1205));
    assertEquals(MariaDbFailure.AGAIN, of("HY000", 8022));
    assertEquals(MariaDbFailure.AGAIN, of("40001", 1));
  }

  @Test
  void aServerThatIsAwayIsWaitedFor() {
    assertEquals(MariaDbFailure.AWAY, of("08S01", 1234));
    assertEquals(MariaDbFailure.AWAY, of("HY000", 2013));
    assertEquals(MariaDbFailure.AWAY, of("HY000", 1290));
    assertEquals(MariaDbFailure.AWAY, of("08S01", 1047));
    assertEquals(
        MariaDbFailure.AWAY, MariaDbFailure.of(new SQLTransientConnectionException("pool")));
  }

  @Test
  void whatAPersonMustMendIsSeenThroughThePoolsWords() {
    assertEquals(
        MariaDbFailure.PERMANENT,
        MariaDbFailure.of(new SQLTransientConnectionException(
            "pool", new SQLException("denied", "28000", 1045))));
    assertEquals(MariaDbFailure.PERMANENT, of("42000", 1049));
    assertEquals(MariaDbFailure.PERMANENT, of("42S02", 1146));
    assertEquals(MariaDbFailure.PERMANENT, of("HY000", 1195));
  }

  @Test
  void aFullDiskIsNoWritesOwn() {
    assertEquals(MariaDbFailure.FULL, of("HY000", 1114));
  }

  @Test
  void aRefusedStatementIsItsOwn() {
    assertEquals(MariaDbFailure.OWN, of("23000", 1062));
    assertEquals(MariaDbFailure.OWN, of("22001", 1406));
    assertEquals(MariaDbFailure.OWN, of("22007", 1366));
  }
}
