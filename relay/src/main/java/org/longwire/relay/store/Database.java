package org.longwire.relay.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.longwire.relay.config.DatabaseConfig;
import org.longwire.relay.run.Duty;

/**
 * One SQLite file with one writing connection and a few reading ones. Somebody must repeat
 * {@link #worker()} on a thread; writes wait for it. Safe for use by many threads.
 *
 * <p>The library looks for its native part where the system property {@code org.sqlite.lib.path}
 * says, else it unpacks its own.
 */
public final class Database implements WritableStore {
  /** The path of a database in memory: one connection, for tests and for trying things out. */
  public static final Path MEMORY = DatabaseConfig.MEMORY;

  private final WriteConnection writer;
  private final WorkerExecutor worker;

  /** Empty where nobody else may open the file; then reads take turns with writes. */
  private final Optional<Readers> readers;

  private final Duration closeLimit;

  private Database(WriteConnection writer, Optional<Readers> readers, Options options) {
    this.writer = writer;
    this.worker = new WorkerExecutor(writer, options);
    this.readers = readers;
    this.closeLimit = options.closeLimit();
  }

  /**
   * Makes or opens a file, readable by its owner alone, and brings its schema up to date.
   *
   * @param file or {@link #MEMORY}
   * @throws StoreException.Unusable if it is not ours, damaged, newer than this program, or on a
   *     file system that cannot keep it
   */
  public static Database open(Path file, Options options) throws StoreException {
    return over(WriteConnection.open(file, options), file, options);
  }

  /**
   * The same for a store, without which a relay can work: one that cannot be opened now counts as
   * away, and is opened by the first write that can. Its folder must be there, else its disk is
   * thought to be missing.
   *
   * @throws StoreException if waiting would not help
   */
  static Database openOrLater(Path file, Options options) throws StoreException {
    return over(WriteConnection.openOrLater(file, options), file, options);
  }

  private static Database over(WriteConnection writer, Path file, Options options)
      throws StoreException {
    boolean alone = file.equals(MEMORY) || options.profile().exclusive();
    try {
      Optional<Readers> readers =
          alone ? Optional.empty() : Optional.of(readers(writer, file, options));
      readers.ifPresent(r -> writer.onReplaced(r::reopen));
      return new Database(writer, readers, options);
    } catch (StoreException e) {
      writer.close();
      throw e;
    }
  }

  private static Readers readers(WriteConnection writer, Path file, Options options)
      throws StoreException {
    return writer.hasBegun() ? Readers.open(file, options) : Readers.later(file, options);
  }

  /** The duty of the thread that writes. */
  public WorkerExecutor worker() {
    return worker;
  }

  @Override
  public Optional<Duty> duty() {
    return Optional.of(worker);
  }

  @Override
  public Dialect dialect() {
    return Dialect.SQLITE;
  }

  @Override
  public StoreState state() {
    return worker.state();
  }

  @Override
  public ConnectionUse connections() {
    return readers.map(Readers::connections).orElse(ConnectionUse.NONE).plus(writer.connections());
  }

  @Override
  public <T> T write(Work<T> work) throws StoreException, InterruptedException {
    CompletableFuture<T> future = submit(work);
    try {
      return worker.isUnattended()
          ? future.get(closeLimit.toNanos(), TimeUnit.NANOSECONDS)
          : future.get();
    } catch (ExecutionException e) {
      throw unwrapped(e.getCause());
    } catch (TimeoutException e) {
      throw new StoreException.Transient("the last writes take too long", e);
    }
  }

  @Override
  public <T> CompletableFuture<T> submit(Work<T> work) throws InterruptedException {
    return worker.submit(work, WriteClass.DURABLE, 0);
  }

  @Override
  public <T> CompletableFuture<T> submitLazy(Work<T> work) throws InterruptedException {
    return worker.submit(work, WriteClass.LAZY, 0);
  }

  @Override
  public <T> CompletableFuture<T> submitBulk(Work<T> work, int bytes) throws InterruptedException {
    return worker.submit(work, WriteClass.BULK, bytes);
  }

  @Override
  public void unattended() {
    worker.unattended();
  }

  @Override
  public <T> T read(Work<T> work) throws StoreException {
    try {
      return readers.isPresent()
          ? readers.get().read(work)
          : worker.between(() -> writer.read(work));
    } catch (StoreException e) {
      throw writer.told(e);
    }
  }

  /** Without readers of its own there is no limit: no other thread is kept from its file. */
  @Override
  public <T> T read(Work<T> work, Duration limit) throws StoreException {
    try {
      return readers.isPresent()
          ? readers.get().read(work, limit)
          : worker.between(() -> writer.read(work));
    } catch (StoreException e) {
      throw writer.told(e);
    }
  }

  @Override
  public void flush() throws StoreException, InterruptedException {
    write(transaction -> 0);
  }

  /**
   * Refuses new work, commits what waits (on the caller's thread if the worker is gone), and closes
   * the readers before the writer, so that the log is folded into the file. A reading under way is
   * ended. Idempotent.
   */
  @Override
  public void close() {
    close(closeLimit);
  }

  @Override
  public void close(Duration limit) {
    readers.ifPresent(Readers::close);
    worker.close(limit);
  }

  static StoreException unwrapped(Throwable cause) {
    if (cause instanceof StoreException own) {
      return own;
    }
    if (cause instanceof RuntimeException bug) {
      throw bug;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    throw new IllegalStateException(cause);
  }
}
