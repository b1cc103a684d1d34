package org.longwire.relay.bench;

import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What the relay adds to a message's way at rest, in each direction, the durable commit included.
 * Mesh to room: from the frame's last byte on the link until the homeserver has the request with
 * the text. Room to mesh: from the last byte of the sync's answer until the packet's bytes arrive
 * at the radio's port. Texts to the mesh keep further apart than the gap that the relay must leave
 * between them, so that the gap is not in the figure.
 */
class LatencyBenchmark {
  /** Between two messages of one direction; the gap between texts to the mesh is 2.4 s. */
  private static final int ROUND_MILLIS = 2_700;

  /** So that nothing beats with the polls of either side. */
  private static final int JITTER_MILLIS = 400;

  private static final long LIMIT_MILLIS = 20_000;
  private static final Path DIRECTORY =
      Path.of(System.getProperty("longwire.root"), "relay/target/bench-latency");

  private final Random random = new Random(7);
  private final Sightings toDaemon = new Sightings();
  private final Sightings fromDaemon = new Sightings();
  private final Sightings requests = new Sightings();
  private final Sightings answers = new Sightings();

  @Test
  void latencyAtRest() throws Exception {
    Installation installation = Installation.prepared();
    int first = 0;
    for (Settings.Link link : Settings.links()) {
      try (BenchWorld world = BenchWorld.build(DIRECTORY, link)) {
        world.watchRadio(toDaemon, fromDaemon);
        world.tap().watch(requests, answers);
        try (DaemonProcess daemon = DaemonProcess.start(installation, world, Map.of())) {
          daemon.awaitReady();
          Thread.sleep(ROUND_MILLIS);
          measure(link, world, first);
        }
      }
      first += 2 * Settings.messages();
    }
  }

  private void measure(Settings.Link link, BenchWorld world, int first) throws Exception {
    int count = Settings.messages();
    double[] toRoom = new double[count];
    double[] toMesh = new double[count];
    for (int i = 0; i < count; i++) {
      int up = first + 2 * i;
      int down = up + 1;
      world.peer().says(Sightings.mark(up) + " heard on the ridge at noon");
      toRoom[i] = requests.await(up, LIMIT_MILLIS) - toDaemon.await(up, LIMIT_MILLIS);
      rest();
      world
          .homeserver()
          .userSays(world.room(), world.person(), Sightings.mark(down) + " said in the room");
      toMesh[i] = fromDaemon.await(down, LIMIT_MILLIS) - answers.await(down, LIMIT_MILLIS);
      rest();
    }
    print(link + " mesh to room", toRoom);
    print(link + " room to mesh", toMesh);
  }

  private void rest() throws InterruptedException {
    Thread.sleep(ROUND_MILLIS / 2 + random.nextInt(JITTER_MILLIS));
  }

  private static void print(String name, double[] nanos) {
    double[] millis = java.util.Arrays.stream(nanos).map(n -> n / 1e6).toArray();
    Figures.print(
        "latency %s: %s (aim p50 10, p99 60); first %.1f ms; %s",
        name, Figures.spread(millis, "ms"), millis[0], Figures.load());
  }
}
