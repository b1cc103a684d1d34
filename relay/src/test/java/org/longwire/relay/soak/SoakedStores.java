package org.longwire.relay.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.longwire.relay.config.DatabaseConfig;
import org.longwire.relay.config.DatabaseConfig.Kind;
import org.longwire.relay.config.DatabaseConfig.Mapping;
import org.longwire.relay.config.DatabaseConfig.Source;
import org.longwire.relay.run.Closer;
import org.longwire.relay.run.Worker;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.DatabaseManager;
import org.longwire.relay.store.MountTable;
import org.longwire.relay.store.Options;
import org.longwire.relay.store.SqliteOpener;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.WorkerExecutor;
import org.longwire.relay.store.WritableStore;
import org.longwire.relay.store.sql.SqlRepositories;
import org.longwire.relay.store.sql.StoreMetrics;

/** A manager with its threads, as the daemon has it. */
final class SoakedStores implements AutoCloseable {
  /** The room whose messages are in the second store. */
  static final String MAPPED_ROOM = "#hikers:example.org";

  /** The source that another manager writes meanwhile. */
  static final String NEIGHBOUR = "neighbour";

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Closer closer = new Closer();
  private final List<Throwable> bugs = new ArrayList<>();
  private final DatabaseManager manager;
  private int mostWaiting;

  private SoakedStores(Path ledger, DatabaseConfig config, Pace pace) throws StoreException {
    MountTable mounts = MountTable.read();
    Options store = Options.store().withNanoTime(pace.nanoTime()).withClock(pace);
    manager = closer.own(DatabaseManager.open(
        new DatabaseManager.Setting(ledger, ledger.resolveSibling("cache"), "Forx", mounts),
        config,
        new SqlRepositories(
            pace, new Random(1), new StoreMetrics(System::nanoTime, false), Optional.empty()),
        Options.ledger().withNanoTime(pace.nanoTime()).withClock(pace),
        new SqliteOpener(store, mounts, false)));
    manager
        .duties()
        .forEach((name, duty) -> closer.own(new Worker(name, duty, PATIENCE, this::add)));
  }

  private synchronized void add(Throwable bug) {
    bugs.add(bug);
  }

  /** Two stores that are written, an archive that nobody writes, and the neighbours' live file. */
  static SoakedStores own(Path directory, Pace pace) throws StoreException {
    Path archive = directory.resolve("archive.db");
    Database.open(archive, Options.store()).close();
    Map<String, Source> sources = new LinkedHashMap<>();
    sources.put(DatabaseConfig.PRIMARY, source(directory.resolve("store.db"), false));
    sources.put("hikers", source(directory.resolve("hikers.db"), false));
    sources.put("archive", source(archive, true));
    sources.put(NEIGHBOUR, source(directory.resolve("neighbour.db"), true));
    Mapping hikers =
        new Mapping(Optional.of(MAPPED_ROOM), OptionalInt.empty(), Optional.empty(), "hikers");
    return new SoakedStores(directory.resolve("ledger.db"), config(sources, hikers), pace);
  }

  /** The relay next door. */
  static SoakedStores neighbours(Path directory, Pace pace) throws StoreException {
    Map<String, Source> sources =
        Map.of(DatabaseConfig.PRIMARY, source(directory.resolve("neighbour.db"), false));
    return new SoakedStores(directory.resolve("neighbours-ledger.db"), config(sources), pace);
  }

  private static Source source(Path path, boolean readOnly) {
    return new Source(
        path, readOnly, Kind.LONGWIRE, false, true, Duration.ofSeconds(5), readOnly ? 1 : 2);
  }

  private static DatabaseConfig config(Map<String, Source> sources, Mapping... mapping) {
    return new DatabaseConfig(
        sources, DatabaseConfig.PRIMARY, DatabaseConfig.PRIMARY, List.of(mapping), false);
  }

  DatabaseManager manager() {
    return manager;
  }

  private List<WorkerExecutor> workers() {
    return manager.sources().writable().stream()
        .map(store -> ((Database) store).worker())
        .toList();
  }

  /** Nothing waits without a limit. */
  void lookAtQueues() {
    for (WorkerExecutor worker : workers()) {
      mostWaiting = Math.max(mostWaiting, worker.waiting());
    }
    assertTrue(mostWaiting <= WorkerExecutor.QUEUE_LIMIT, mostWaiting + " writes waited");
  }

  int mostWaiting() {
    return mostWaiting;
  }

  /** Writes what waits; then nothing waits, and nothing was ever turned away. */
  synchronized void requireDrained() throws Exception {
    for (WritableStore store : manager.sources().writable()) {
      store.flush();
    }
    for (WorkerExecutor worker : workers()) {
      assertEquals(0, worker.refused(), "writes turned away");
      assertEquals(0, worker.waiting(), "writes that wait");
    }
    assertEquals(List.of(), bugs);
  }

  @Override
  public void close() {
    closer.close();
  }
}
