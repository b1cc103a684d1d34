package org.longwire.relay.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.longwire.radio.sim.PtyRadio;

/** The daemon dies at each named point of the way, at the first visit, the second, … */
@Execution(ExecutionMode.CONCURRENT)
class NamedPointsCrashIT {
  private record Point(String name, int visits) {}

  @ParameterizedTest
  @CsvSource({
    "commit-before, 6",
    "commit-after, 6",
    "radio-open-before, 1",
    "radio-open-after, 1",
    "radio-write-before, 4",
    "radio-write-half, 3",
    "radio-write-after, 4",
    "text-write-before, 2",
    "text-write-half, 2",
    "text-write-after, 3",
    "radio-read-after, 6",
    "text-read-after, 3",
    "whoAmI-after, 1",
    "joinedRooms-after, 1",
    "sync-before, 3",
    "sync-after, 3",
    "page-after, 3",
    "send-before, 3",
    "send-after, 3"
  })
  void nothingIsLostNorDoubledWhereverItDies(String point, int visits) throws Exception {
    try (CrashWorld world = CrashWorld.open(CrashWorld.Wire.TCP, Sabotage.Kind.NONE, 1)) {
      assertSound(point, crashAt(world, List.of(new Point(point, visits))), visits);
    }
  }

  @Test
  void theSameHoldsOverAPseudoTerminal() throws Exception {
    assumeTrue(PtyRadio.isAvailable(), "this machine has no `script` to make a serial port with");
    List<Point> points = List.of(
        new Point("commit-before", 3),
        new Point("commit-after", 3),
        new Point("text-write-before", 1),
        new Point("text-write-half", 1),
        new Point("text-write-after", 2),
        new Point("text-read-after", 2),
        new Point("radio-write-half", 2));
    try (CrashWorld world = CrashWorld.open(CrashWorld.Wire.PTY, Sabotage.Kind.NONE, 2)) {
      int crashes = points.stream().mapToInt(Point::visits).sum();
      assertSound("a serial port", crashAt(world, points), crashes);
    }
  }

  private static Verdict crashAt(CrashWorld world, List<Point> points) throws Exception {
    world.kill();
    Chatter.during(world, points.hashCode(), () -> {
      for (Point point : points) {
        for (int visit = 1; visit <= point.visits(); visit++) {
          world.start(point.name(), visit);
          world.awaitCrash("at %s, visit %d".formatted(point.name(), visit));
        }
      }
    });
    return world.settle();
  }

  private static void assertSound(String where, Verdict verdict, int crashes) {
    System.out.println(verdict.line(crashes) + " (" + where + ")");
    assertEquals(List.of(), verdict.complaints(), where);
    assertTrue(verdict.fromRoom() > crashes / 4, "too little was said for a test");
  }
}
