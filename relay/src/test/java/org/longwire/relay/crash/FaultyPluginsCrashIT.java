package org.longwire.relay.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.relay.FaultyPlugins;
import org.longwire.relay.run.StatusPage;

/**
 * Every kind of broken plugin at once on a real daemon, each claiming every message: not one is
 * lost, doubled or out of order, also when the daemon itself is killed meanwhile. How long messages
 * take beside them is measured by {@code PluginBenchmark}.
 */
class FaultyPluginsCrashIT {
  private static final int TEXTS = 60;
  private static final long SEED = 5;

  /** Those that cannot hide what they do. */
  private static final Set<String> FAULTY =
      Set.of("busy", "exiting", "greedy", "hanging", "nonsense", "throwing");

  @TempDir
  Path directory;

  @Test
  void noMessageIsLostWhateverPluginsDo() throws Exception {
    String plugins = FaultyPlugins.install(directory.resolve("jars"));
    try (CrashWorld world =
        CrashWorld.open(CrashWorld.Wire.TCP, Sabotage.Kind.NONE, SEED, plugins)) {
      Chatter.during(world, SEED, () -> {
        world.await("half of the chat", () -> world.saidOnMesh().size() >= TEXTS / 2);
        world.await("faults", () -> world.status().filter(this::tellsOfFaults).isPresent());
        world.kill();
        world.await("the end of the plugins of a killed daemon", world::isCleanedUp);
        world.start();
        world.await("the other half", () -> world.saidOnMesh().size() >= TEXTS);
      });
      Verdict verdict = world.settle();
      System.out.println(
          verdict.line(1) + " (beside " + FaultyPlugins.CLASSES.size() + " broken plugins)");
      assertEquals(List.of(), verdict.complaints());
      assertTrue(verdict.fromMesh() >= TEXTS / 2, verdict::toString);
      world.await("the end of the plugins", world::isCleanedUp);
    }
  }

  private boolean tellsOfFaults(String status) {
    return StatusPage.read(status).plugins().stream()
            .filter(plugin -> plugin.faults() > 0 && FAULTY.contains(plugin.id()))
            .count()
        == FAULTY.size();
  }
}
