package org.longwire.relay.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.NodeId;
import org.longwire.relay.config.DatabaseConfig.Mapping;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.store.ConnectionUse;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.ManagedStores;
import org.longwire.relay.store.ManagedStores.Files;
import org.longwire.relay.store.Options;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.repository.LinkKey;

/**
 * Two stores, a closed archive and the live file of a neighbour under traffic of every kind. At the
 * end everything acknowledged is there once, and memory and open files are what they were after the
 * warm-up.
 */
final class StoreSoak {
  /** The source that another manager writes meanwhile. */
  static final String NEIGHBOUR = "neighbour";

  /** The room whose messages are in a store of their own. */
  private static final String HIKERS = "#hikers:example.org";

  /** What the heap may have grown by, after collections: far below what a leak comes to. */
  private static final long HEAP_TOLERANCE_BYTES = 1_000_000;

  private static final double LEAST_REUSE = 0.999;

  /** How often the footprint is looked at; the first third is the warm-up. */
  private static final int SAMPLES = 30;

  private static final int TIDYINGS = 60;
  private static final int NODES = 300;

  private final Path directory;
  private final Pace pace;
  private final List<Footprint> footprints = new ArrayList<>();

  StoreSoak(Path directory, Pace pace) {
    this.directory = directory;
    this.pace = pace;
  }

  void run() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (ManagedStores neighbours = open(new Files(directory.resolve(NEIGHBOUR + ".db")));
        ManagedStores own = open(ownFiles())) {
      own.connectAll();
      Talk talk = new Talk(own.manager(), pace, new NodeId(0xa11ce000), links(8), 10);
      Talk far = new Talk(neighbours.manager(), pace, new NodeId(0xb0b00000), links(1), 2);
      Acquaintances nodes = new Acquaintances(own.manager().nodes(), pace, NODES);
      Gadgets plugins = new Gadgets(own.manager());
      Questions questions = new Questions(own.manager(), talk, far);
      List<Traffic> traffic =
          List.of(talk, far, nodes, plugins, questions, tidying(talk), tidying(far));
      for (long number = 1; number <= pace.turns(); number++) {
        pace.until(number);
        turn(threads, traffic, number);
        own.lookAtQueues();
        if (isDue(number, SAMPLES)) {
          look();
        }
      }
      own.requireDrained();
      assertEquals(0, own.refused(), "writes turned away");
      neighbours.requireDrained();
      talk.verify(directory);
      assertEquals(talk.kept(), own.manager().messageMap().count());
      far.verify(directory);
      nodes.verify();
      plugins.verify();
      verifyFootprints();
      verifyConnections(own.manager().connections());
      print(
          "%d messages with mappings and %d of a neighbour, each there once; %d questions,"
              + " %d answered in part; %d writes waited at most",
          talk.said(),
          far.said(),
          questions.asked.get(),
          questions.partial.get(),
          own.mostWaiting());
    } finally {
      threads.shutdownNow();
    }
  }

  private ManagedStores open(Files files) throws StoreException {
    return new ManagedStores(files, pace, pace.nanoTime());
  }

  /** Two stores that are written, an archive that nobody writes, and the neighbour's live file. */
  private Files ownFiles() throws StoreException {
    Database.open(directory.resolve("archive.db"), Options.store()).close();
    return new Files(
        directory.resolve("store.db"),
        Map.of("hikers", false, "archive", true, NEIGHBOUR, true),
        List.of(new Mapping(Optional.of(HIKERS), OptionalInt.empty(), Optional.empty(), "hikers")));
  }

  /** Links over which is talked; the first one's store is not the main one. */
  private static List<LinkKey> links(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new LinkKey(
            i == 0 ? HIKERS : "#room-" + i + ":example.org", RadioId.MAIN, new ChannelIndex(i)))
        .toList();
  }

  /** What is older than a sixth of the soak goes, as the housekeeper would let it go. */
  private Traffic tidying(Talk talk) {
    Duration retention = pace.timeOf(pace.turns() / 6);
    return number -> {
      if (isDue(number, TIDYINGS)) {
        talk.expire(pace.instant().minus(retention));
      }
    };
  }

  private boolean isDue(long number, int times) {
    return number % Math.max(1, pace.turns() / times) == 0;
  }

  private static void turn(ExecutorService threads, List<Traffic> traffic, long number)
      throws Exception {
    List<Callable<Boolean>> all = new ArrayList<>();
    for (Traffic one : traffic) {
      all.add(() -> {
        one.turn(number);
        return true;
      });
    }
    for (Future<Boolean> done : threads.invokeAll(all)) {
      assertTrue(done.get());
    }
  }

  private void look() throws Exception {
    Footprint now = Footprint.now(directory);
    footprints.add(now);
    print("%3d of %d: %s", footprints.size(), SAMPLES, now);
  }

  private void verifyFootprints() {
    List<Footprint> warm = footprints.subList(SAMPLES / 3, footprints.size());
    List<Footprint> first = warm.subList(0, warm.size() / 3);
    List<Footprint> last = warm.subList(warm.size() - warm.size() / 3, warm.size());
    long growth = leastHeap(last) - leastHeap(first);
    print("heap %+.2f MB from the first third after the warm-up to the last", growth / 1e6);
    assertTrue(growth < HEAP_TOLERANCE_BYTES, "the heap grew by " + growth + " bytes");
    assertEquals(
        List.of(warm.get(0).files()),
        warm.stream().map(Footprint::files).distinct().toList(),
        "open files");
  }

  private static void verifyConnections(ConnectionUse use) {
    print("%d connections opened, used %d times", use.opens(), use.uses());
    assertTrue(use.reuse() > LEAST_REUSE, "connections were reused in " + use.reuse());
  }

  private static long leastHeap(List<Footprint> some) {
    return some.stream().mapToLong(Footprint::heapBytes).min().orElseThrow();
  }

  private static void print(String format, Object... values) {
    System.out.println("soak: " + format.formatted(values));
  }
}
