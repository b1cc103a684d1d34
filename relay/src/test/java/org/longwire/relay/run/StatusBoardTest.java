package org.longwire.relay.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.longwire.relay.CapturedLog;
import org.longwire.relay.run.StatusBoard.Health;

class StatusBoardTest {
  private final CapturedLog log = new CapturedLog();
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private final StatusBoard board = new StatusBoard(() -> now);

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void aSentenceGoesToTheJournalWhenItChanges() {
    board.tell("radio", Health.WAITING, "unplugged");
    board.tell("radio", Health.WAITING, "unplugged");
    board.tell("radio", Health.OK, "ready");
    assertEquals(
        List.of("<4>longwire: radio: unplugged\n", "<6>longwire: radio: ready\n"), log.lines());
  }

  @Test
  void thatAPartIsTriedIsNoWordAgainstWhatIsKnownOfIt() {
    board.tell("radio", Health.TRYING, "connecting");
    board.tell("radio", Health.WAITING, "unplugged");
    board.tell("radio", Health.TRYING, "connecting");
    assertEquals("unplugged", board.entries().get("radio").sentence());
  }

  @Test
  void aPartThatFlapsIsToldSometimesAndAgainInTheNextHour() {
    flap();
    assertTrue(log.lines().size() <= 10, log.lines()::toString);
    assertEquals(1, log.linesWith("changes too often").size());
    assertEquals("ready 99", board.entries().get("radio").sentence());
    int before = log.lines().size();
    now = now.plus(StatusBoard.SPELL).plus(Duration.ofSeconds(1));
    board.tell("radio", Health.WAITING, "unplugged");
    assertEquals(before + 1, log.lines().size());
  }

  @Test
  void aPartThatSettlesTooOftenIsToldSometimesToo() {
    for (int i = 0; i < 100; i++) {
      board.tell("sender", Health.WAITING, "slow");
      board.settled("sender", "again");
    }
    assertTrue(log.lines().size() <= 10, log.lines()::toString);
    assertEquals(1, log.linesWith("changes too often").size());
  }

  private void flap() {
    for (int i = 0; i < 100; i++) {
      board.tell("radio", Health.WAITING, "unplugged");
      board.tell("radio", Health.OK, "ready " + i);
    }
  }

  @Test
  void aPartWithoutAComplaintLeavesThePage() {
    board.settled("sender", "again");
    assertEquals(List.of(), log.lines());
    board.tell("sender", Health.WAITING, "slow");
    board.settled("sender", "again");
    assertTrue(board.entries().isEmpty());
    assertEquals(List.of("<6>longwire: sender: again\n"), log.linesWith("again"));
  }
}
