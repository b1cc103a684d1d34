package org.longwire.relay.bench;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * From the start of the launcher until systemd hears READY, the login and the ledger being there
 * already, as at every start but the first. Ready means: both sides have been tried.
 */
class StartBenchmark {
  private static final Path DIRECTORY =
      Path.of(System.getProperty("longwire.root"), "relay/target/bench-start");

  @Test
  void fromStartToReady() throws Exception {
    Installation installation = Installation.prepared();
    for (Settings.Link link : Settings.links()) {
      try (BenchWorld world = BenchWorld.build(DIRECTORY, link)) {
        Figures.print(
            "start %s: very first, with login and new ledger: %.0f ms",
            link, start(installation, world, Map.of()));
        measure(link + " with the class-data archive", installation, world, Map.of());
        Map<String, String> bare = Map.of("LONGWIRE_ARCHIVE", "/nowhere/longwire.jsa");
        measure(link + " without the archive", installation, world, bare);
      }
    }
  }

  private static void measure(
      String name, Installation installation, BenchWorld world, Map<String, String> environment)
      throws Exception {
    double[] times = new double[Settings.starts()];
    for (int i = 0; i < times.length; i++) {
      // Lets go of the long polls of those that ended, which else hold all of its threads in time.
      world.homeserver().restart();
      times[i] = start(installation, world, environment);
    }
    Figures.print(
        "start %s: %s (aim 1000 ms); %s", name, Figures.spread(times, "ms"), Figures.load());
  }

  private static double start(
      Installation installation, BenchWorld world, Map<String, String> environment)
      throws Exception {
    try (DaemonProcess daemon = DaemonProcess.start(installation, world, environment)) {
      return daemon.awaitReady();
    }
  }
}
