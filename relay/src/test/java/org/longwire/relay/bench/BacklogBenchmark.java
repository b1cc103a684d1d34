package org.longwire.relay.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The gap between texts to the mesh while many wait, against a node that reads its port every 250
 * ms when nothing came for 2 s and refuses a text read less than 2 s after the one before. A text
 * that is refused comes again, and so is seen twice.
 */
class BacklogBenchmark {
  private static final long LIMIT_MILLIS = 60_000;
  private static final Path DIRECTORY =
      Path.of(System.getProperty("longwire.root"), "relay/target/bench-backlog");

  @Test
  void gapsUnderBacklog() throws Exception {
    Installation installation = Installation.prepared();
    for (String delay : System.getProperty("bench.delays", "2.4s,2.1s").split(",")) {
      measure(installation, delay);
    }
  }

  private static void measure(Installation installation, String delay) throws Exception {
    Sightings sent = new Sightings();
    String config = "mesh { message-delay = %s }".formatted(delay);
    try (BenchWorld world = BenchWorld.build(DIRECTORY, Settings.Link.SERIAL, config)) {
      world.watchRadio(new Sightings(), sent);
      try (DaemonProcess daemon = DaemonProcess.start(installation, world, Map.of())) {
        daemon.awaitReady();
        int count = Settings.backlog();
        List<String> texts = IntStream.range(0, count).mapToObj(Sightings::mark).toList();
        // The radio's handshake is over well before this.
        Thread.sleep(4_000);
        world.homeserver().userSaysAtOnce(world.room(), world.person(), texts);
        for (int i = 0; i < count; i++) {
          sent.await(i, LIMIT_MILLIS);
        }
        print(delay, sent.all(), count);
      }
    }
  }

  private static void print(String delay, List<Sightings.Sighting> all, int count) {
    List<Double> gaps = new ArrayList<>();
    for (int i = 1; i < all.size(); i++) {
      gaps.add((all.get(i).nanos() - all.get(i - 1).nanos()) / 1e6);
    }
    double[] values = gaps.stream().mapToDouble(Double::doubleValue).toArray();
    double whole = (all.get(all.size() - 1).nanos() - all.get(0).nanos()) / 1e6;
    Figures.print(
        "backlog, message-delay %s: %.0f ms a text, gaps %s, %d refused of %d; %s",
        delay,
        whole / (count - 1),
        Figures.spread(values, "ms"),
        all.size() - count,
        count,
        Figures.load());
  }
}
