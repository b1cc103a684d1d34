package org.longwire.relay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import org.longwire.relay.config.DatabaseConfig;
import org.longwire.relay.config.DatabaseConfig.Kind;
import org.longwire.relay.config.DatabaseConfig.Mapping;
import org.longwire.relay.config.DatabaseConfig.Source;
import org.longwire.relay.run.Closer;
import org.longwire.relay.run.Worker;
import org.longwire.relay.store.sql.SqlRepositories;
import org.longwire.relay.store.sql.StoreMetrics;

/** A manager over files, with its threads, as the daemon has it. */
public final class ManagedStores implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Closer closer = new Closer();
  private final Queue<Throwable> bugs = new ConcurrentLinkedQueue<>();
  private final DatabaseManager manager;
  private int mostWaiting;

  /**
   * The files of a manager.
   *
   * @param primary the default source; the ledger is beside it
   * @param others by name, whether they are only read; the file of a name is beside the primary
   */
  public record Files(Path primary, Map<String, Boolean> others, List<Mapping> mapping) {
    /** One file. */
    public Files(Path primary) {
      this(primary, Map.of(), List.of());
    }

    private DatabaseConfig config() {
      Map<String, Source> sources = new LinkedHashMap<>();
      sources.put(DatabaseConfig.PRIMARY, source(primary, false));
      others.forEach((name, readOnly) ->
          sources.put(name, source(primary.resolveSibling(name + ".db"), readOnly)));
      return new DatabaseConfig(
          sources, DatabaseConfig.PRIMARY, DatabaseConfig.PRIMARY, mapping, false);
    }

    private static Source source(Path path, boolean readOnly) {
      return new Source(
          path, readOnly, Kind.LONGWIRE, false, true, Duration.ofSeconds(5), readOnly ? 1 : 2);
    }
  }

  /** On the system's clock. */
  public ManagedStores(Files files) throws StoreException {
    this(files, InstantSource.system(), System::nanoTime);
  }

  /** @param nanoTime a monotonic clock in nanoseconds */
  public ManagedStores(Files files, InstantSource clock, LongSupplier nanoTime)
      throws StoreException {
    MountTable mounts = MountTable.read();
    Path ledger = files.primary().resolveSibling(files.primary().getFileName() + "-ledger");
    manager = closer.own(DatabaseManager.open(
        new DatabaseManager.Setting(ledger, ledger.resolveSibling("cache"), "Forx", mounts),
        files.config(),
        new SqlRepositories(
            clock, new Random(1), new StoreMetrics(System::nanoTime, false), Optional.empty()),
        Options.ledger().withNanoTime(nanoTime).withClock(clock),
        new SqliteOpener(
            Options.store().withNanoTime(nanoTime).withClock(clock),
            mounts,
            false,
            ledger.toAbsolutePath().getParent())));
    manager
        .duties()
        .forEach((name, duty) -> closer.own(new Worker(name, duty, PATIENCE, bugs::add)));
  }

  /** Has the spare readers connect too, so that the number of connections is what it stays. */
  public void connectAll() throws StoreException {
    for (WritableStore store : manager.sources().writable()) {
      store.read(first -> store.read(spare -> 0));
    }
  }

  public DatabaseManager manager() {
    return manager;
  }

  private List<WorkerExecutor> workers() {
    return manager.sources().writable().stream()
        .map(store -> ((Database) store).worker())
        .toList();
  }

  /** Writes that wait in the longest queue. */
  public int waiting() {
    return workers().stream().mapToInt(WorkerExecutor::waiting).max().orElse(0);
  }

  /** Nothing waits without a limit. */
  public void lookAtQueues() {
    mostWaiting = Math.max(mostWaiting, waiting());
    assertTrue(mostWaiting <= WorkerExecutor.QUEUE_LIMIT, mostWaiting + " writes waited");
  }

  /** The most that {@link #lookAtQueues} has seen. */
  public int mostWaiting() {
    return mostWaiting;
  }

  /** Returns when what was submitted is durable. */
  public void flush() throws StoreException, InterruptedException {
    for (WritableStore store : manager.sources().writable()) {
      store.flush();
    }
  }

  /** How many writes were turned away, each with a word to its caller. */
  public long refused() {
    return workers().stream().mapToLong(WorkerExecutor::refused).sum();
  }

  /** Writes what waits; then nothing waits. */
  public void requireDrained() throws Exception {
    flush();
    for (WorkerExecutor worker : workers()) {
      assertEquals(0, worker.waiting(), "writes that wait");
    }
    assertEquals(List.of(), List.copyOf(bugs));
  }

  @Override
  public void close() {
    closer.close();
  }
}
