package org.longwire.relay.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.longwire.relay.run.Pause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits groups on a server: what met a deadlock is run again, what met a server that is away goes
 * back to the queue. If the connection is lost in the commit itself, nobody can say whether it
 * happened: the group is run again, and a key of its own that is there already then means that it
 * did. Used by one thread at a time.
 */
final class MariaDbWriter implements GroupCommit {
  /** Tries before the group goes back to the queue. */
  static final int MAX_TRIES = 5;

  /** The wait before the second try; each one after is twice as long. */
  private static final Duration FIRST_WAIT = Duration.ofMillis(50);

  private static final Logger LOG = LoggerFactory.getLogger(MariaDbWriter.class);

  private final MariaDbPool pool;
  private final CommitObserver observer;
  private final RandomGenerator jitter;
  private final Pause pause;

  /** Writes that may be durable though nobody said so. */
  private final Set<Write<?>> inDoubt = Collections.newSetFromMap(new IdentityHashMap<>());

  MariaDbWriter(MariaDbPool pool, CommitObserver observer, RandomGenerator jitter, Pause pause) {
    this.pool = pool;
    this.observer = observer;
    this.jitter = jitter;
    this.pause = pause;
  }

  @Override
  public Optional<StoreException> commit(List<Write<?>> group) {
    StoreException why = new StoreException.Transient("interrupted before it was tried");
    for (int tried = 1; tried <= MAX_TRIES; tried++) {
      try {
        runAll(group);
        settle(group);
        return Optional.empty();
      } catch (SQLException e) {
        MariaDbFailure kind = MariaDbFailure.of(e);
        LOG.debug("try {} of a commit failed ({}): {}", tried, kind, e.getMessage());
        why = pool.translated(e);
        if (kind == MariaDbFailure.AWAY && !inDoubt.containsAll(group)) {
          return Optional.of(why);
        }
        if (!kind.passes()) {
          observer.failed(why);
          abandon(group, why);
          return Optional.empty();
        }
      } catch (StoreException e) {
        observer.failed(e);
        abandon(group, e);
        return Optional.empty();
      } catch (RuntimeException | Error e) {
        abandon(group, e);
        throw e;
      }
      if (!waited(tried)) {
        return Optional.of(why);
      }
    }
    return Optional.of(why);
  }

  private void runAll(List<Write<?>> group) throws SQLException, StoreException {
    try (Connection connection = pool.connection()) {
      MariaDbTransaction tx = new MariaDbTransaction(connection, Optional.empty());
      try {
        for (Write<?> write : group) {
          runOne(tx, write);
        }
        observer.beforeCommit();
      } catch (SQLException | RuntimeException | Error e) {
        rollBack(connection);
        throw e;
      }
      commit(connection, group);
    }
  }

  private void commit(Connection connection, List<Write<?>> group) throws SQLException {
    try {
      connection.commit();
    } catch (SQLException e) {
      if (MariaDbFailure.of(e) == MariaDbFailure.AWAY) {
        LOG.warn("the connection was lost in a commit; its {} writes are run again", group.size());
        inDoubt.addAll(group);
      }
      throw e;
    }
  }

  private void runOne(MariaDbTransaction tx, Write<?> write) throws SQLException {
    tx.execute("SAVEPOINT one");
    try {
      write.run(tx);
      tx.execute("RELEASE SAVEPOINT one");
    } catch (SQLException e) {
      if (MariaDbFailure.of(e) != MariaDbFailure.OWN) {
        // What a person must mend, or a full disk, is no write's own: a commit of the rest would
        // pass for health.
        throw e;
      }
      tx.execute("ROLLBACK TO SAVEPOINT one");
      if (!(inDoubt.contains(write) && MariaDbFailure.isDuplicateKey(e))) {
        write.failed(Dialect.MARIADB.translate(e));
      }
    } catch (StoreException | RuntimeException e) {
      tx.execute("ROLLBACK TO SAVEPOINT one");
      write.failed(e);
    }
  }

  private void settle(List<Write<?>> group) {
    group.forEach(inDoubt::remove);
    inDoubt.removeIf(write -> write.future.isDone());
    try {
      observer.afterCommit();
    } finally {
      group.forEach(Write::tell);
    }
  }

  private void abandon(List<Write<?>> group, Throwable failure) {
    group.forEach(inDoubt::remove);
    group.forEach(write -> write.tell(failure));
  }

  private static void rollBack(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      LOG.debug("nothing to roll back: {}", e.getMessage());
    }
  }

  /** @return false if the thread was asked to stop meanwhile */
  private boolean waited(int tried) {
    long base = FIRST_WAIT.toMillis() << (tried - 1);
    try {
      pause.pause(Duration.ofMillis(base + jitter.nextLong(base)));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
