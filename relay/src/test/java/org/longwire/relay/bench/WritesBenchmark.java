package org.longwire.relay.bench;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Bytes that the process has the kernel write per relayed message, one every few seconds, in each
 * direction, as {@code write_bytes} of {@code /proc} counts them: whole pages, without what the
 * file system adds.
 */
class WritesBenchmark {
  private static final int ROUND_MILLIS = 3_000;
  private static final long LIMIT_MILLIS = 20_000;

  /** Longer than the ledger lets a lazy write wait. */
  private static final int SETTLE_MILLIS = 8_000;

  private static final Path DIRECTORY =
      Path.of(System.getProperty("longwire.root"), "relay/target/bench-writes");

  private interface Saying {
    void say(int mark) throws Exception;
  }

  @Test
  void bytesWrittenPerMessage() throws Exception {
    Installation installation = Installation.prepared();
    Sightings requests = new Sightings();
    Sightings sent = new Sightings();
    try (BenchWorld world = BenchWorld.build(DIRECTORY, Settings.Link.SERIAL)) {
      world.watchRadio(new Sightings(), sent);
      world.tap().watch(requests, new Sightings());
      try (DaemonProcess daemon = DaemonProcess.start(installation, world, Map.of())) {
        daemon.awaitReady();
        int count = Math.min(60, Settings.messages());
        measure("mesh to room", daemon.figures(), count, mark -> {
          world.peer().says(Sightings.mark(mark) + " heard on the ridge at noon");
          requests.await(mark, LIMIT_MILLIS);
        });
        measure("room to mesh", daemon.figures(), count, mark -> {
          world
              .homeserver()
              .userSays(world.room(), world.person(), Sightings.mark(mark) + " said in the room");
          sent.await(mark, LIMIT_MILLIS);
        });
      }
    }
  }

  private static void measure(String name, ProcessFigures figures, int count, Saying saying)
      throws Exception {
    Thread.sleep(SETTLE_MILLIS);
    long before = figures.writtenBytes();
    for (int i = 0; i < count; i++) {
      saying.say(i);
      Thread.sleep(ROUND_MILLIS);
    }
    Thread.sleep(SETTLE_MILLIS);
    Figures.print(
        "writes %s: %.1f KB per message (n=%d); %s",
        name, (figures.writtenBytes() - before) / 1000.0 / count, count, Figures.load());
  }
}
