package org.longwire.relay.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that can only read: opened read-only and told so again, so that it can neither write
 * nor checkpoint. Also usable from another process while the daemon runs. Threads take turns.
 */
public final class DatabaseReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseReader.class);

  private final Path path;
  private final Opener opener;
  private final LongSupplier nanoTime;
  private final ConnectionUse.Counter connections = new ConnectionUse.Counter();
  private final ReentrantLock turn = new ReentrantLock();
  private Optional<OpenFile> file;
  private volatile boolean stale;
  private boolean closed;

  private DatabaseReader(Path path, Opener opener, LongSupplier nanoTime, Optional<OpenFile> file) {
    this.path = path;
    this.opener = opener;
    this.nanoTime = nanoTime;
    this.file = file;
    file.ifPresent(open -> connections.opened());
  }

  /** Connects, read-only, with its pragmas. */
  @FunctionalInterface
  interface Opener {
    OpenFile open() throws SQLException, StoreException;
  }

  /**
   * Opens an existing file.
   *
   * @throws StoreException.Unusable if it is missing, not ours, or of another schema
   */
  public static DatabaseReader open(Path path, Schema schema) throws StoreException {
    return open(path, schema, System::nanoTime);
  }

  static DatabaseReader open(Path path, Schema schema, LongSupplier nanoTime)
      throws StoreException {
    requireReadable(path, schema.name());
    try {
      OpenFile first = connect(path, schema);
      return new DatabaseReader(path, () -> connect(path, schema), nanoTime, Optional.of(first));
    } catch (SQLException e) {
      throw SqlErrors.translate(e, path);
    }
  }

  /** One more reader of a file that was opened before; it connects when it is first asked. */
  static DatabaseReader spare(Path path, Schema schema, LongSupplier nanoTime) {
    return lazy(path, () -> connect(path, schema), nanoTime);
  }

  /** A reader that opens its file when it is first asked; the path is for what it says. */
  static DatabaseReader lazy(Path path, Opener opener, LongSupplier nanoTime) {
    return new DatabaseReader(path, opener, nanoTime, Optional.empty());
  }

  private static void requireReadable(Path path, String name) throws StoreException {
    if (Files.notExists(path)) {
      throw new StoreException.Unusable(
          "there is no %s at %s; has the relay run yet?".formatted(name, path));
    }
    if (!Files.isReadable(path) || !Files.isRegularFile(path)) {
      throw new StoreException.Unusable(
          "%s may not be read by this user; ask as the user of the relay".formatted(path));
    }
  }

  private static OpenFile connect(Path path, Schema schema) throws SQLException, StoreException {
    OpenFile file = OpenFile.connect(path, true);
    try {
      Pragmas.requireSoundSqlite(file);
      Pragmas.applyToReader(file);
      new Migrator(path, schema).requireCurrent(file);
      return file;
    } catch (SQLException | StoreException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Reads in one snapshot. The transaction is over when this returns; cursors never leave. */
  public <T> T read(Work<T> work) throws StoreException {
    turn.lock();
    try {
      return readInTurn(work, Optional.empty());
    } finally {
      turn.unlock();
    }
  }

  /**
   * The same within a time, waiting for the turn included.
   *
   * @throws StoreException.Transient if it took longer
   */
  public <T> T read(Work<T> work, Duration limit) throws StoreException {
    long deadline = nanoTime.getAsLong() + limit.toNanos();
    if (!takeTurn(limit)) {
      throw new StoreException.Transient("the database is busy with longer readings");
    }
    try {
      return readInTurn(work, Optional.of(deadline));
    } finally {
      turn.unlock();
    }
  }

  private boolean takeTurn(Duration limit) throws StoreException {
    try {
      return turn.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException.Transient("interrupted while waiting for a turn", e);
    }
  }

  /** Whether somebody reads just now; a hint, no promise. */
  boolean isTaken() {
    return turn.isLocked();
  }

  private <T> T readInTurn(Work<T> work, Optional<Long> deadline) throws StoreException {
    if (closed) {
      throw new StoreException.Closed("the database is closed");
    }
    if (stale) {
      stale = false;
      closeFile();
    }
    try {
      if (file.isEmpty()) {
        file = Optional.of(opener.open());
        connections.opened();
      }
      connections.used();
      OpenFile open = file.get();
      if (deadline.isEmpty()) {
        return open.inSnapshot(work);
      }
      open.endAfter(nanoTime, deadline.get());
      try {
        return open.inSnapshot(work);
      } finally {
        open.endNever();
      }
    } catch (SQLException e) {
      if (SqlErrors.spoilsConnection(e)) {
        closeFile();
      }
      throw SqlErrors.translate(e, path);
    }
  }

  ConnectionUse connections() {
    return connections.sum();
  }

  /** The file is another one now: it is opened anew before the next reading. Any thread. */
  void reopen() {
    stale = true;
  }

  @Override
  public void close() {
    turn.lock();
    try {
      closed = true;
      closeFile();
    } finally {
      turn.unlock();
    }
  }

  private void closeFile() {
    try {
      if (file.isPresent()) {
        file.get().close();
      }
    } catch (SQLException e) {
      LOG.warn("closing a reader failed: {}", e.getMessage());
    }
    file = Optional.empty();
  }
}
