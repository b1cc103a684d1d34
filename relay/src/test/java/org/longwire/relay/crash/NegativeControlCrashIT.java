package org.longwire.relay.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** With a protection switched off, the same test must fail: it sees what it claims to see. */
@Execution(ExecutionMode.CONCURRENT)
class NegativeControlCrashIT {
  private static final int CRASHES = 3;

  @Test
  void randomTransactionIdsDoubleMessagesInTheRoom() throws Exception {
    Verdict verdict = crashAt("send-after", Sabotage.Kind.RANDOM_TRANSACTIONS);
    assertTrue(verdict.doubled() > 0, verdict::toString);
    assertEquals(0, verdict.lost(), verdict::toString);
  }

  @Test
  void aBookmarkStoredBeforeItsPageLosesMessagesOfTheRoom() throws Exception {
    Verdict verdict = crashAt("page-after", Sabotage.Kind.TOKEN_FIRST);
    assertTrue(verdict.lost() > 0, verdict::toString);
    assertEquals(0, verdict.doubled(), verdict::toString);
  }

  @Test
  void newPacketIdsAfterACrashDoubleTextsOnTheMesh() throws Exception {
    Verdict verdict = crashAt("text-write-after", Sabotage.Kind.NEW_PACKET_IDS);
    assertTrue(verdict.doubled() > 0, verdict::toString);
    assertTrue(
        verdict.complaints().stream().anyMatch(c -> c.contains("packet ids")), verdict::toString);
    assertEquals(0, verdict.lost(), verdict::toString);
  }

  private static Verdict crashAt(String point, Sabotage.Kind sabotage) throws Exception {
    try (CrashWorld world = CrashWorld.open(CrashWorld.Wire.TCP, sabotage, CRASHES)) {
      world.kill();
      Chatter.during(world, CRASHES, () -> {
        for (int visit = 1; visit <= CRASHES; visit++) {
          world.start(point, 1);
          world.awaitCrash("at " + point);
        }
      });
      Verdict verdict = world.settle();
      System.out.println(verdict.line(CRASHES) + " (" + sabotage.key() + ": must not be sound)");
      return verdict;
    }
  }
}
