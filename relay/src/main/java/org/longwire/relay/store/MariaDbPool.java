package org.longwire.relay.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.IMetricsTracker;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The connections to a server. The server may be away when it is made: then the first call that
 * finds it brings the schema up to date.
 */
final class MariaDbPool implements AutoCloseable {
  /** Silence of the server within an answer after which the connection counts as lost. */
  private static final Duration SOCKET_LIMIT = Duration.ofSeconds(30);

  /**
   * The same manners on every server: an error instead of a silent cut, times in UTC, a wait for
   * locks that is shorter than a caller's patience.
   */
  private static final String SESSION = "SET SESSION"
      + " sql_mode = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',"
      + " time_zone = '+00:00', innodb_lock_wait_timeout = 5";

  /** The pool's own wait: a caller's is made of several, so that each caller has his own limit. */
  private static final Duration STEP = Duration.ofMillis(500);

  private final ConnectionUse.Counter connections = new ConnectionUse.Counter();
  private final HikariDataSource pool;
  private final Duration connectLimit;
  private final Preparation preparation;
  private final String server;
  private final ReentrantLock preparing = new ReentrantLock();
  private volatile boolean ready;

  /** What is done once to the database, on the first connection. */
  @FunctionalInterface
  interface Preparation {
    void of(Connection connection) throws SQLException, StoreException;
  }

  MariaDbPool(MariaDbSettings settings, Preparation preparation) {
    this.pool = new HikariDataSource(config(settings, connections));
    this.connectLimit = settings.connectLimit();
    this.preparation = preparation;
    this.server = settings.toString();
  }

  private static HikariConfig config(MariaDbSettings settings, ConnectionUse.Counter counter) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("store");
    config.setJdbcUrl(settings.jdbcUrl());
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setMaximumPoolSize(settings.poolSize());
    config.setMinimumIdle(1);
    config.setConnectionTimeout(
        Math.min(STEP.toMillis(), settings.connectLimit().toMillis()));
    config.setValidationTimeout(STEP.toMillis());
    config.setMaxLifetime(settings.maxLifetime().toMillis());
    config.setKeepaliveTime(settings.keepalive().toMillis());
    config.setInitializationFailTimeout(-1);
    config.setAutoCommit(false);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.setConnectionInitSql(SESSION);
    config.addDataSourceProperty("connectTimeout", settings.connectLimit().toMillis());
    config.addDataSourceProperty("socketTimeout", SOCKET_LIMIT.toMillis());
    config.setMetricsTrackerFactory((name, statistics) -> new IMetricsTracker() {
      @Override
      public void recordConnectionCreatedMillis(long millis) {
        counter.opened();
      }

      @Override
      public void recordConnectionAcquiredNanos(long nanos) {
        counter.used();
      }
    });
    return config;
  }

  ConnectionUse connections() {
    return connections.sum();
  }

  /** A connection within the time that the settings allow. */
  Connection connection() throws SQLException, StoreException {
    return connection(connectLimit);
  }

  /**
   * A connection outside any transaction, to be closed after use; the database is prepared.
   *
   * @param limit counts if it is less than the settings allow
   * @throws SQLTransientConnectionException if there is none within the limit
   */
  Connection connection(Duration limit) throws SQLException, StoreException {
    Connection connection = free(limit.compareTo(connectLimit) < 0 ? limit : connectLimit);
    try {
      if (!ready) {
        prepare(connection);
      }
      return connection;
    } catch (SQLException | StoreException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** What a failure means, with the server's name and without its password while it is away. */
  StoreException translated(SQLException e) {
    return MariaDbFailure.of(e) == MariaDbFailure.AWAY
        ? new StoreException.Transient(
            server + " does not answer; start it, or mend the way to it", e)
        : Dialect.MARIADB.translate(MariaDbFailure.root(e));
  }

  private Connection free(Duration limit) throws SQLException {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      try {
        return pool.getConnection();
      } catch (SQLTransientConnectionException none) {
        if (System.nanoTime() + STEP.toNanos() > end) {
          throw none;
        }
      }
    }
  }

  private void prepare(Connection connection) throws SQLException, StoreException {
    preparing.lock();
    try {
      if (!ready) {
        preparation.of(connection);
        ready = true;
      }
    } finally {
      preparing.unlock();
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
