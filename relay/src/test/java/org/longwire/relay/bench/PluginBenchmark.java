package org.longwire.relay.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.longwire.relay.FaultyPlugins;

/**
 * What plugins cost a relay: its memory, and the way of a message from the mesh to the room,
 * without plugins, beside the ten of the built-in ones that listen and answer, and beside every
 * kind of broken plugin, each of which claims every message. One daemon after the other, in one
 * run.
 */
class PluginBenchmark {
  private static final int PAUSE_MILLIS = 900;

  /** So that nothing beats with the polls of either side. */
  private static final int JITTER_MILLIS = 400;

  private static final long SETTLING_MILLIS = 5_000;
  private static final long LIMIT_MILLIS = 20_000;
  private static final Path DIRECTORY =
      Path.of(System.getProperty("longwire.root"), "relay/target/bench-plugins");

  private static final String NONE =
      "plugins { ping.enabled = false, help.enabled = false, nodes.enabled = false }";

  private static final String TEN = """
      plugins {
        ping { mimic = true }, help {}, nodes {}, health {}, telemetry {}, map {}, weather {}
        drop {}, debug {}, search {}
      }
      """;

  private final Random random = new Random(7);
  private final Installation installation = Installation.prepared();
  private int mark;

  @Test
  void messagesAndMemoryBesidePlugins() throws Exception {
    measure("without plugins", NONE);
    measure("as installed", "");
    measure("ten plugins", TEN);
    measure("eleven broken plugins", FaultyPlugins.install(DIRECTORY.resolveSibling("bench-jars")));
    measure("without plugins, again", NONE);
  }

  private void measure(String name, String config) throws Exception {
    Sightings toDaemon = new Sightings();
    Sightings requests = new Sightings();
    try (BenchWorld world = BenchWorld.build(DIRECTORY, Settings.Link.TCP, config)) {
      world.watchRadio(toDaemon, new Sightings());
      world.tap().watch(requests, new Sightings());
      try (DaemonProcess daemon = DaemonProcess.start(installation, world, Map.of())) {
        double ready = daemon.awaitReady();
        Thread.sleep(SETTLING_MILLIS);
        long before = daemon.figures().statusKilobytes("VmRSS");
        double[] millis = new double[Settings.messages()];
        for (int i = 0; i < millis.length; i++) {
          mark++;
          world.peer().says(Sightings.mark(mark) + " heard on the ridge at noon");
          millis[i] =
              (requests.await(mark, LIMIT_MILLIS) - toDaemon.await(mark, LIMIT_MILLIS)) / 1e6;
          Thread.sleep(PAUSE_MILLIS + random.nextInt(JITTER_MILLIS));
        }
        Thread.sleep(SETTLING_MILLIS);
        Figures.print(
            "mesh to room, %s: %s; first %.1f ms; %s",
            name,
            Figures.spread(Arrays.copyOfRange(millis, 1, millis.length), "ms"),
            millis[0],
            Figures.load());
        Figures.print(
            "memory, %s: ready after %.0f ms, VmRSS %d KB before the messages, %d KB after, %d"
                + " threads, %d processes beside it",
            name,
            ready,
            before,
            daemon.figures().statusKilobytes("VmRSS"),
            daemon.figures().threads(),
            daemon.children());
      }
    }
  }
}
