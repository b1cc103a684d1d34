package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.longwire.relay.SmallWorld.await;
import static org.longwire.relay.SmallWorld.awaitSentence;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.relay.run.StatusBoard.Health;
import org.longwire.relay.store.Locker;

/**
 * Another process keeps the ledger of a daemon locked while both sides talk. However long it takes,
 * everything is delivered afterwards, once and in order. The monotonic clock is moved by the test;
 * only SQLite's own waiting, and the daemon's pauses between two tries, take their real seconds.
 */
@Timeout(180)
class LockedLedgerCrashIT {
  private static final int TEXTS = 3;

  @TempDir
  Path folder;

  private final AtomicLong ahead = new AtomicLong();
  private SmallWorld world;
  private Daemon daemon;
  private Locker other;

  @BeforeEach
  void build() throws Exception {
    world = SmallWorld.in(folder);
    Surroundings real = world.surroundings();
    daemon = Daemon.start(
        world.config(),
        new Surroundings(
            real.clock(),
            () -> System.nanoTime() + ahead.get(),
            real.random(),
            real.ports(),
            real.servers(),
            real.commits()));
    awaitSentence(daemon, "radio main", "ready");
    awaitSentence(daemon, "room " + SmallWorld.ROOM, "joined");
    awaitSentence(daemon, "matrix", "connected");
  }

  @AfterEach
  void leave() {
    other.close();
    daemon.close();
    world.close();
  }

  private void lockAndTalk() throws Exception {
    other = Locker.hold(new StateFiles(world.state()).ledger());
    for (int i = 0; i < TEXTS; i++) {
      world.peer().says("up " + i);
      world.homeserver().userSays(world.room(), world.maria(), "down " + i);
    }
  }

  private void assertAllThereOnceAndInOrder() {
    await("the room", () -> shown().size() >= TEXTS);
    await("the mesh", () -> world.heard().size() >= TEXTS);
    for (int i = 0; i < TEXTS; i++) {
      assertTrue(shown().get(i).endsWith("up " + i), () -> shown().toString());
      assertTrue(world.heard().get(i).endsWith("down " + i), () -> world.heard().toString());
    }
    assertEquals(TEXTS, shown().size());
    assertEquals(TEXTS, world.heard().size());
    awaitSentence(daemon, "store", "in order");
  }

  private List<String> shown() {
    return world.bodies().stream().filter(body -> body.contains("up ")).toList();
  }

  private void lockedUntilItIsTold(Duration time) throws Exception {
    lockAndTalk();
    long end = ahead.get() + time.toNanos();
    await("the lock to be told of", () -> {
      ahead.set(Math.min(end, ahead.get() + Duration.ofMillis(500).toNanos()));
      return ahead.get() == end
          && daemon.status().entries().get("store").sentence().contains("locked");
    });
    assertEquals(Health.FAILED, daemon.status().entries().get("store").health());
    other.close();
    assertAllThereOnceAndInOrder();
  }

  @Test
  void aSecondIsOnlyLatency() throws Exception {
    lockAndTalk();
    other.holdFor(Duration.ofSeconds(1));
    assertEquals(Health.OK, daemon.status().entries().get("store").health());
    other.close();
    assertAllThereOnceAndInOrder();
  }

  @Test
  void halfAMinuteIsToldAndLosesNothing() throws Exception {
    lockedUntilItIsTold(Duration.ofSeconds(45));
  }

  @Test
  void tenMinutesAreToldAndLoseNothing() throws Exception {
    lockedUntilItIsTold(Duration.ofMinutes(10));
  }
}
