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
  /** Readings are ended when closing begins, so this is for one between two statements. */
  static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseReader.class);

  private final Path path;
  private final Opener opener;
  private final LongSupplier nanoTime;
  private final ConnectionUse.Counter connections = new ConnectionUse.Counter();
  private final ReentrantLock turn = new ReentrantLock();
  private Optional<OpenFile> file;
  private volatile boolean stale;
  private volatile boolean ending;
  private boolean closed;

  /** Of the reading under way; touched by its thread alone. */
  private Optional<Duration> limit = Optional.empty();

  private long deadlineNanos;

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
    requireReadable(path, schema);
    try {
      OpenFile first = connect(path, schema);
      DatabaseReader reader =
          new DatabaseReader(path, () -> connect(path, schema), nanoTime, Optional.of(first));
      first.endWhen(reader::isTimeToEnd);
      return reader;
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

  /**
   * Looks whether there is a file that may be read.
   *
   * @throws StoreException.Missing if there is none
   * @throws StoreException.Unusable if it may not be read
   */
  public static void requireReadable(Path path, Schema schema) throws StoreException {
    if (Files.notExists(path)) {
      throw new StoreException.Missing(
          "there is no %s at %s; is --state right, and has the relay run yet?"
              .formatted(schema.name(), path));
    }
    if (!Files.isReadable(path) || !Files.isRegularFile(path)) {
      throw new StoreException.Unusable(
          "%s may not be read by this user; ask as the user of the relay (sudo -u longwire)"
              .formatted(path));
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
      limit = Optional.empty();
      return readInTurn(work, 0);
    } finally {
      turn.unlock();
    }
  }

  /**
   * The same within a time, waiting for the turn included, opening the file not.
   *
   * @throws StoreException.Transient if it took longer
   */
  public <T> T read(Work<T> work, Duration limit) throws StoreException {
    long begin = nanoTime.getAsLong();
    if (!takeTurn(limit)) {
      throw new StoreException.Transient("the database is busy with longer readings");
    }
    try {
      this.limit = Optional.of(limit);
      return readInTurn(work, nanoTime.getAsLong() - begin);
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

  private <T> T readInTurn(Work<T> work, long spentNanos) throws StoreException {
    if (closed || ending) {
      throw new StoreException.Closed("the database is closed");
    }
    if (stale) {
      stale = false;
      closeFile();
    }
    try {
      if (file.isEmpty()) {
        OpenFile opened = opener.open();
        file = Optional.of(opened);
        opened.endWhen(this::isTimeToEnd);
        connections.opened();
      }
      connections.used();
      deadlineNanos = nanoTime.getAsLong() + limit.map(Duration::toNanos).orElse(0L) - spentNanos;
      return file.get().inSnapshot(work);
    } catch (SQLException e) {
      if (SqlErrors.isInterrupt(e)) {
        throw ended(e);
      }
      if (SqlErrors.spoilsConnection(e)) {
        closeFile();
      }
      throw SqlErrors.translate(e, path);
    }
  }

  private boolean isTimeToEnd() {
    return ending || (limit.isPresent() && nanoTime.getAsLong() - deadlineNanos > 0);
  }

  private StoreException ended(SQLException e) {
    return ending
        ? new StoreException.Closed("the database is closed")
        : StoreException.Transient.tookLonger(limit.orElse(Duration.ZERO), e);
  }

  ConnectionUse connections() {
    return connections.sum();
  }

  /** The file is another one now: it is opened anew before the next reading. Any thread. */
  void reopen() {
    stale = true;
  }

  /** Ends the reading under way, and refuses others. Any thread. */
  void end() {
    ending = true;
  }

  /** Waits for the end of a reading for {@link #CLOSE_LIMIT}; what goes on then keeps its file. */
  @Override
  public void close() {
    end();
    try {
      if (!turn.tryLock() && !takeTurn(CLOSE_LIMIT)) {
        LOG.warn("somebody still reads {}; it is left open", path);
        return;
      }
    } catch (StoreException interrupted) {
      LOG.warn("{} is left open: {}", path, interrupted.getMessage());
      return;
    }
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
