package org.longwire.relay.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.longwire.relay.run.Duty;

/**
 * One SQLite file with one writing connection and one reading connection. Somebody must repeat
 * {@link #worker()} on a thread; writes wait for it. Safe for use by many threads.
 *
 * <p>The library looks for its native part where the system property {@code org.sqlite.lib.path}
 * says, else it unpacks its own.
 */
public final class Database implements WritableStore {
  private final WorkerExecutor worker;
  private final DatabaseReader reader;

  private Database(WorkerExecutor worker, DatabaseReader reader) {
    this.worker = worker;
    this.reader = reader;
  }

  /**
   * Makes or opens a file, readable by its owner alone, and brings its schema up to date.
   *
   * @throws StoreException.Unusable if it is not ours, damaged, newer than this program, or on a
   *     file system that cannot keep it
   */
  public static Database open(Path file, Options options) throws StoreException {
    WriteConnection writer = WriteConnection.open(file, options);
    try {
      DatabaseReader reader = DatabaseReader.open(file, options.schema());
      return new Database(new WorkerExecutor(writer, options), reader);
    } catch (StoreException e) {
      writer.close();
      throw e;
    }
  }

  /** The duty of the thread that writes. */
  public WorkerExecutor worker() {
    return worker;
  }

  /**
   * Writes, and returns when it is durable.
   *
   * @throws StoreException if it was not written
   * @throws InterruptedException if the thread was asked to stop; the work may still be done
   */
  @Override
  public <T> T write(Work<T> work) throws StoreException, InterruptedException {
    try {
      return submit(work).get();
    } catch (ExecutionException e) {
      throw unwrapped(e.getCause());
    }
  }

  /**
   * Writes as soon as possible. The future completes after the commit, on the worker's thread;
   * waits for room when too much is waiting.
   */
  @Override
  public <T> CompletableFuture<T> submit(Work<T> work) throws InterruptedException {
    return worker.submit(work, false);
  }

  /** Writes with the next durable write, or within {@link WorkerExecutor#LAZY_LIMIT}. */
  @Override
  public <T> CompletableFuture<T> submitLazy(Work<T> work) throws InterruptedException {
    return worker.submit(work, true);
  }

  @Override
  public <T> CompletableFuture<T> submitBulk(Work<T> work, int bytes) throws InterruptedException {
    return worker.submit(work, true);
  }

  @Override
  public <T> T read(Work<T> work, Duration limit) throws StoreException {
    return read(work);
  }

  @Override
  public Dialect dialect() {
    return Dialect.SQLITE;
  }

  @Override
  public StoreState state() {
    return StoreState.OPEN;
  }

  @Override
  public Optional<Duty> duty() {
    return Optional.of(worker);
  }

  /** Reads what is committed, in one snapshot, on the caller's thread. */
  @Override
  public <T> T read(Work<T> work) throws StoreException {
    return reader.read(work);
  }

  /** Returns when everything submitted before is durable or has failed. */
  @Override
  public void flush() throws StoreException, InterruptedException {
    write(transaction -> 0);
  }

  /**
   * Refuses new work, commits what waits (on the caller's thread if the worker is gone), and closes
   * the reader before the writer, so that the log is folded into the file. Idempotent.
   */
  @Override
  public void close() {
    reader.close();
    worker.close();
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
