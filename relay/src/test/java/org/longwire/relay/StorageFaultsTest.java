package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.run.StatusBoard.Health;

/**
 * A disk that is full, or cannot be written: nothing acknowledged is lost, nothing is doubled, live
 * traffic resumes by itself, and status says what is wrong. On a real file system of a few
 * megabytes, which only root can mount: elsewhere these tests are skipped, and say so.
 */
class StorageFaultsTest extends SteppedRelayTest {
  private static final int CHUNK = 4_096;

  private Path disk;
  private boolean isMounted;

  private void startOnSmallDisk() throws Exception {
    disk = Files.createDirectory(directory.resolve("disk"));
    isMounted = run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString());
    Assumptions.assumeTrue(isMounted, "a tmpfs cannot be mounted here: not root");
    RelayConfig config =
        TestConfig.load(world, TestConfig.usual(world) + "mesh { max-age = 1d }\n", "disk/state");
    relay = new SteppedRelay(world, config).seconds(5);
  }

  @AfterEach
  void unmount() throws Exception {
    if (relay != null) {
      relay.close();
    }
    if (isMounted) {
      while (run("umount", "-l", disk.toString())) {
        continue;
      }
    }
  }

  private static boolean run(String... command) {
    try {
      Process process = new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
      return process.waitFor() == 0;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path fill() {
    Path ballast = disk.resolve("ballast");
    try (var out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(new byte[CHUNK]);
      }
    } catch (IOException full) {
      return ballast;
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aFullDiskOnlyDelaysWhatIsSaidMeanwhile() throws Exception {
    startOnSmallDisk();
    world.ridge.says("before");
    world.says("before, too");
    relay.seconds(10);
    Path ballast = fill();
    List<String> mesh = TestWorld.numbered("on the mesh", 30);
    List<String> room = TestWorld.numbered("in the room", 30);
    mesh.forEach(text -> world.ridge.says(text + " " + "x".repeat(150)));
    room.forEach(world::says);
    world.later(Duration.ofMinutes(5), () -> {
      assertEquals(Health.FAILED, relay.says("store").orElseThrow().health());
      assertTrue(relay.sentence("store").contains("make room"), relay.sentence("store"));
      delete(ballast);
    });
    relay.minutes(10);
    assertEquals(31, world.shown().size(), world.shown()::toString);
    assertEquals(
        mesh,
        world.shown().stream()
            .skip(1)
            .map(text -> text.replaceAll(".*(on the mesh [0-9]+).*", "$1"))
            .toList());
    assertEquals("maria: before, too", world.heard().get(0));
    assertEquals(
        room.stream().map(text -> "maria: " + text).toList(),
        world.heard().subList(1, world.heard().size()));
    assertAllDelivered();
    assertEquals(Health.OK, relay.says("store").orElseThrow().health());
  }

  @Test
  void aReadOnlyDiskOnlyDelaysWhatIsSaidMeanwhile() throws Exception {
    startOnSmallDisk();
    world.ridge.says("before");
    relay.seconds(10);
    makeReadOnly();
    world.ridge.says("on the mesh");
    world.says("in the room");
    world.later(Duration.ofMinutes(5), () -> {
      assertEquals(Health.FAILED, relay.says("store").orElseThrow().health());
      assertTrue(relay.sentence("store").contains("cannot be written"), relay.sentence("store"));
      run("umount", disk.toString());
    });
    relay.minutes(10);
    assertEquals(2, world.shown().size(), world.shown()::toString);
    assertTrue(world.shown().get(1).endsWith("on the mesh"), world.shown()::toString);
    assertEquals(List.of("maria: in the room"), world.heard());
    assertAllDelivered();
    assertEquals(Health.OK, relay.says("store").orElseThrow().health());
  }

  /**
   * What is open stays open, as the kernel will have it, so the writer's connection is spoilt too;
   * whatever is opened from now on is on a read-only file system.
   */
  private void makeReadOnly() throws Exception {
    assertTrue(run("mount", "--bind", disk.toString(), disk.toString()));
    assertTrue(run("mount", "-o", "remount,ro,bind", disk.toString()));
    relay.database.write(tx -> tx.update("PRAGMA query_only = ON"));
  }

  /** L1 and L3: a crash on a full disk keeps what was acknowledged. */
  @Test
  void aCrashOnAFullDiskKeepsWhatWasAccepted() throws Exception {
    startOnSmallDisk();
    world.server.down();
    world.ridge.says("accepted");
    relay.seconds(5);
    assertEquals(1, relay.waiting());
    fill();
    world.ridge.says("never accepted");
    relay.seconds(5);
    relay = relay.crash();
    world.server.up();
    relay.minutes(3);
    assertEquals("[RDG] accepted", world.shown().get(0));
  }

  @Test
  void aSecondDaemonOnTheSameStateIsTurnedAwayAndTheFirstGoesOn() throws Exception {
    RelayConfig config = TestConfig.load(world, TestConfig.usual(world), "state");
    Surroundings real = Surroundings.real();
    Surroundings here = new Surroundings(
        real.clock(),
        real.nanoTime(),
        real.random(),
        port -> world.cable,
        real.servers(),
        real.commits());
    try (Daemon first = Daemon.start(config, here)) {
      Daemon.CannotStart refused =
          assertThrows(Daemon.CannotStart.class, () -> Daemon.start(config, here));
      assertEquals(ExitCode.TEMPORARY, refused.exitCode());
      assertEquals(75, refused.exitCode().code());
      assertTrue(refused.getMessage().contains("already works in"), refused.getMessage());
      assertTrue(
          org.longwire.relay.run.ControlSocket.ask(config.stateDirectory()).isPresent(),
          "the first one answers no more");
      first.stop();
      assertEquals(ExitCode.OK, first.awaitEnd().exitCode());
    }
    // The lock went with its daemon.
    relay = new SteppedRelay(world, config).seconds(5);
    world.ridge.says("still here");
    relay.seconds(5);
    assertEquals(List.of("[RDG] still here"), world.shown());
  }
}
