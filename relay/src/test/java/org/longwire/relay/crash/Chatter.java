package org.longwire.relay.crash;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.longwire.relay.run.Waiter;
import org.longwire.relay.run.Worker;

/** Keeps both sides talking, on a thread of its own, until closed. */
final class Chatter implements AutoCloseable {
  private static final int LONGEST_PAUSE_MS = 160;

  private final AtomicReference<String> bug = new AtomicReference<>("");
  private final Worker worker;

  private Chatter(CrashWorld world, long seed) {
    Random random = new Random(seed);
    Waiter waiter = new Waiter();
    worker = new Worker(
        "chatter",
        () -> {
          waiter.pause(Duration.ofMillis(1 + random.nextInt(LONGEST_PAUSE_MS)));
          if (random.nextBoolean()) {
            world.sayOnMesh();
          } else {
            world.chatInRoom();
          }
        },
        Duration.ofSeconds(5),
        failure -> bug.set(failure.toString()));
  }

  /** What happens while both sides talk. */
  interface Scene {
    void play() throws Exception;
  }

  /** Plays a scene to the end, or to its failure, with both sides talking. */
  @SuppressWarnings("try") // the chatter is there while it is open
  static void during(CrashWorld world, long seed, Scene scene) throws Exception {
    try (Chatter chatter = new Chatter(world, seed)) {
      scene.play();
    }
  }

  @Override
  public void close() {
    worker.close();
    if (!bug.get().isEmpty()) {
      throw new IllegalStateException("the chatter failed: " + bug.get());
    }
  }
}
