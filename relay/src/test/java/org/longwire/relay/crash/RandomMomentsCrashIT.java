package org.longwire.relay.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.sim.HomeserverDouble;
import org.longwire.relay.run.Waiter;

/**
 * SIGKILL at random moments while both sides talk. {@code -Dlongwire.seed=} plays the same kills
 * again, as far as real time allows.
 */
class RandomMomentsCrashIT {
  private static final long SEED = Long.getLong("longwire.seed", new Random().nextLong(1_000_000));

  /** One for each core of a small machine: a start costs a second of one. */
  private static final int WORLDS = 2;

  private static final int KILLS = 200;
  private static final int KILLS_WITH_RESTARTS = 40;

  /** How far a process may come before its random moment begins; see {@link #awaitStage}. */
  private static final int STAGES = 5;

  private static final int WORK_MS = 1_000;
  private static final int AFTERMATH_MS = 500;

  /** What else happens in a life that will be cut short. */
  private interface Mischief {
    void during(CrashWorld world, Random random);
  }

  @Test
  void twoHundredKillsLoseNothingDoubleNothingAndKeepTheOrder() throws Exception {
    System.out.println("crash: seed " + SEED);
    List<Future<Verdict>> verdicts = new ArrayList<>();
    ExecutorService executor = Executors.newFixedThreadPool(WORLDS);
    try {
      for (int i = 0; i < WORLDS; i++) {
        long seed = SEED + i;
        verdicts.add(executor.submit(() -> killOften(KILLS / WORLDS, seed, (w, r) -> {})));
      }
      Verdict all = verdicts.get(0).get();
      for (Future<Verdict> verdict : verdicts.subList(1, WORLDS)) {
        all = all.and(verdict.get());
      }
      assertSound(all, KILLS);
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void theHomeserverMayDieAtTheSameTime() throws Exception {
    Verdict verdict =
        killOften(KILLS_WITH_RESTARTS, SEED + WORLDS, RandomMomentsCrashIT::troubleTheHomeserver);
    assertSound(verdict, KILLS_WITH_RESTARTS);
  }

  private static void troubleTheHomeserver(CrashWorld world, Random random) {
    HomeserverDouble homeserver = world.homeserver();
    raise(homeserver);
    switch (random.nextInt(4)) {
      case 0 -> homeserver.restart();
      case 1 -> homeserver.faults().crashBeforeReply();
      case 2 -> homeserver.faults().dropReplies(1);
      default -> homeserver.faults().repeatNextSyncPage();
    }
  }

  private static void raise(HomeserverDouble homeserver) {
    if (!homeserver.isUp()) {
      homeserver.up();
    }
  }

  private static Verdict killOften(int kills, long seed, Mischief mischief) throws Exception {
    Random random = new Random(seed);
    try (CrashWorld world = CrashWorld.open(CrashWorld.Wire.TCP, Sabotage.Kind.NONE, seed)) {
      world.kill();
      Waiter waiter = new Waiter();
      Chatter.during(world, seed, () -> {
        for (int i = 1; i < kills; i++) {
          world.start();
          awaitStage(world, random.nextInt(STAGES));
          waiter.pause(Duration.ofMillis(random.nextInt(WORK_MS)));
          mischief.during(world, random);
          waiter.pause(Duration.ofMillis(random.nextInt(AFTERMATH_MS)));
          world.kill();
        }
      });
      world.homeserver().faults().heal();
      raise(world.homeserver());
      return world.settle();
    }
  }

  /**
   * One in five may die before it has reached its radio, two after that, and two after a text of
   * the room has reached the mesh: however slow the machine is, all stages have their deaths.
   */
  private static void awaitStage(CrashWorld world, int stage) throws InterruptedException {
    if (stage > 0) {
      world.await("a session", world::isInSession);
    }
    if (stage > 2) {
      int before = world.heardMarks(world.peers().get(0)).size();
      world.chatInRoom();
      world.await("a text on the mesh", () -> {
        raise(world.homeserver());
        return world.heardMarks(world.peers().get(0)).size() > before;
      });
    }
  }

  private static void assertSound(Verdict verdict, int kills) {
    System.out.println(verdict.line(kills));
    assertEquals(List.of(), verdict.complaints(), "seed " + SEED);
    assertTrue(verdict.fromMesh() > verdict.inTheWire(), "hardly anything was accepted");
    assertTrue(verdict.fromRoom() > kills / 4, "too little was said for a test");
  }
}
