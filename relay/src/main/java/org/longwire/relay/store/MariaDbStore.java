package org.longwire.relay.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.longwire.relay.config.DatabaseServer;
import org.longwire.relay.run.Duty;
import org.longwire.relay.run.Pause;
import org.longwire.relay.run.Waiter;

/**
 * A database on a MariaDB or MySQL server. Writes go through one worker, in groups and in order, as
 * with a file; reads take connections of a pool. The server may be away, at the start too: reads
 * then fail within the time that the settings allow, writes wait in the queue. Safe for use by many
 * threads.
 *
 * <p>Nothing of the pool and the driver is loaded before one of these is made.
 */
public final class MariaDbStore implements WritableStore {
  /** One snapshot for all statements of a reading; READ COMMITTED would give each its own. */
  private static final String NEXT_IS_READING =
      "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

  /** How long a write waits when no thread would try it again. */
  private static final Duration UNATTENDED_LIMIT = Duration.ofSeconds(10);

  private final MariaDbPool pool;
  private final WorkerExecutor worker;
  private final Duration closeLimit;
  private volatile boolean closed;

  private MariaDbStore(MariaDbPool pool, WorkerExecutor worker, Duration closeLimit) {
    this.pool = pool;
    this.worker = worker;
    this.closeLimit = closeLimit;
  }

  /**
   * Makes the store without waiting for its server.
   *
   * @param jitter spreads the retries of several relays that met in a deadlock
   * @param pause how the worker waits between them
   */
  public static MariaDbStore open(
      MariaDbSettings settings, Options options, RandomGenerator jitter, Pause pause) {
    MariaDbPool pool = new MariaDbPool(
        settings, connection -> MariaDbMigrator.migrate(connection, options.schema()));
    return over(pool, options, jitter, pause);
  }

  /** To be looked at as it is: its schema must be up to date. */
  public static MariaDbStore lookAt(DatabaseServer server, Options options) {
    MariaDbPool pool = new MariaDbPool(
        MariaDbSettings.of(server),
        connection -> MariaDbMigrator.requireCurrent(connection, options.schema()));
    return over(pool, options, RandomGenerator.getDefault(), new Waiter());
  }

  private static MariaDbStore over(
      MariaDbPool pool, Options options, RandomGenerator jitter, Pause pause) {
    MariaDbWriter writer = new MariaDbWriter(pool, options.observer(), jitter, pause);
    return new MariaDbStore(pool, new WorkerExecutor(writer, options), options.closeLimit());
  }

  /** The same as configured. */
  public static MariaDbStore open(DatabaseServer server, Options options, RandomGenerator jitter) {
    return open(MariaDbSettings.of(server), options, jitter, new Waiter());
  }

  /** The duty of the thread that writes. */
  public WorkerExecutor worker() {
    return worker;
  }

  @Override
  public <T> T read(Work<T> work) throws StoreException {
    return read(work, Optional.empty());
  }

  /** The limit holds for finding the server, and again for each statement, in whole seconds. */
  @Override
  public <T> T read(Work<T> work, Duration limit) throws StoreException {
    return read(work, Optional.of(limit));
  }

  private <T> T read(Work<T> work, Optional<Duration> limit) throws StoreException {
    if (closed) {
      throw new StoreException.Closed("the database is closed");
    }
    try {
      return readOnce(work, limit);
    } catch (SQLTransientConnectionException none) {
      throw pool.translated(none);
    } catch (SQLException first) {
      if (limit.isPresent() && MariaDbFailure.isTimeout(first)) {
        throw StoreException.Transient.tookLonger(limit.get(), first);
      }
      if (!MariaDbFailure.of(first).passes()) {
        throw pool.translated(first);
      }
    }
    try {
      // The connection may have died in the pool; another one is new.
      return readOnce(work, limit);
    } catch (SQLException e) {
      throw pool.translated(e);
    }
  }

  private <T> T readOnce(Work<T> work, Optional<Duration> limit)
      throws SQLException, StoreException {
    try (Connection connection =
        limit.isPresent() ? pool.connection(limit.get()) : pool.connection()) {
      MariaDbTransaction tx = new MariaDbTransaction(connection, limit);
      tx.execute(NEXT_IS_READING);
      try {
        return work.run(tx);
      } finally {
        connection.rollback();
      }
    }
  }

  @Override
  public <T> T write(Work<T> work) throws StoreException, InterruptedException {
    CompletableFuture<T> future = submit(work);
    try {
      return worker.isUnattended()
          ? future.get(UNATTENDED_LIMIT.toNanos(), TimeUnit.NANOSECONDS)
          : future.get();
    } catch (TimeoutException e) {
      throw new StoreException.Transient("the database does not answer in time", e);
    } catch (ExecutionException e) {
      throw Database.unwrapped(e.getCause());
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
  public Dialect dialect() {
    return Dialect.MARIADB;
  }

  @Override
  public StoreState state() {
    return closed ? StoreState.CLOSED : worker.state();
  }

  @Override
  public ConnectionUse connections() {
    return pool.connections();
  }

  @Override
  public Optional<Duty> duty() {
    return Optional.of(worker);
  }

  @Override
  public void flush() throws StoreException, InterruptedException {
    write(transaction -> 0);
  }

  @Override
  public void close() {
    close(closeLimit);
  }

  @Override
  public void close(Duration limit) {
    closed = true;
    worker.close(limit);
  }
}
