package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.run.Worker;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.Options;
import org.longwire.relay.store.Profile;

/**
 * Conversations of strangers, as many as {@code -Dlongwire.conversations} says: no packet over its
 * limit, no event over Matrix's limits, nothing torn, nothing private in public.
 */
class ConversationsFuzzTest {
  private static final int CONVERSATIONS = Integer.getInteger("longwire.conversations", 2_000);
  private static final long SEED = Long.getLong("longwire.conversations.seed", 1);
  private static final int CONFIGURATIONS = 200;

  /** On a ledger of their own, or the last would search all that the others said. */
  private static final int PER_LEDGER = 100;

  @TempDir
  Path directory;

  private final LongAdder packets = new LongAdder();
  private final LongAdder posts = new LongAdder();
  private final Logger log = Logger.getLogger("");
  private final Level before = log.getLevel();

  @BeforeEach
  void keepQuiet() {
    log.setLevel(Level.SEVERE);
  }

  @AfterEach
  void speakAgain() {
    log.setLevel(before);
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS)
  void nothingThatLeavesIsOverItsLimitOrTornOrForgedOrPrivate() throws Exception {
    List<RelayConfig> configs =
        FuzzedConfig.some(new SplittableRandom(1), CONFIGURATIONS, directory);
    long batches = (CONVERSATIONS + PER_LEDGER - 1) / PER_LEDGER;
    LongStream.range(0, batches).parallel().forEach(batch -> {
      long first = SEED + batch * PER_LEDGER;
      converse(configs, first, Math.min(first + PER_LEDGER, SEED + CONVERSATIONS));
    });
    System.out.printf(
        "conversations: %d from seed %d, %d packets, %d events%n",
        CONVERSATIONS, SEED, packets.sum(), posts.sum());
    if (CONVERSATIONS > PER_LEDGER) {
      assertTrue(packets.sum() > CONVERSATIONS, packets + " packets");
      assertTrue(posts.sum() > CONVERSATIONS / 2, posts + " events");
    }
  }

  private void converse(List<RelayConfig> configs, long first, long end) {
    List<Throwable> bugs = new CopyOnWriteArrayList<>();
    HandClock clock = new HandClock();
    Options options = Options.ledger().withProfile(Profile.STORE).withNanoTime(clock);
    try {
      Path folder = Files.createTempDirectory(directory, "ledger");
      try (Database database = Database.open(folder.resolve("ledger.db"), options)) {
        Worker writer =
            new Worker("store-writer", database.worker(), Duration.ofSeconds(10), bugs::add);
        for (long seed = first; seed < end; seed++) {
          // By the seed alone, so that one conversation can be had again.
          RelayConfig config = configs.get((int) (seed % configs.size()));
          converse(new FuzzedRelay(config, database, clock, seed), clock, seed);
        }
        writer.close();
      }
      delete(folder);
    } catch (Exception trouble) {
      throw new AssertionError("conversations %d to %d".formatted(first, end - 1), trouble);
    }
    if (!bugs.isEmpty()) {
      throw new AssertionError("a bug in the store's writer", bugs.get(0));
    }
  }

  private static void delete(Path folder) throws Exception {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  private void converse(FuzzedRelay relay, HandClock clock, long seed) throws Exception {
    try {
      new FuzzedConversation(relay, clock.instant(), seed).run();
      relay.close();
    } catch (RuntimeException bug) {
      throw new AssertionError(story(relay, seed), bug);
    }
    if (relay.transcript.isFaulty()) {
      throw new AssertionError(story(relay, seed));
    }
    packets.add(relay.packets());
    posts.add(relay.posts());
  }

  private static String story(FuzzedRelay relay, long seed) {
    return "-Dlongwire.conversations=1 -Dlongwire.conversations.seed=%d\n%s\n%s\n%s"
        .formatted(seed, relay.config.prefix(), relay.config.mesh(), relay.transcript);
  }
}
