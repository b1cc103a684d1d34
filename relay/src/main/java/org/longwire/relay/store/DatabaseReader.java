package org.longwire.relay.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that can only read: opened read-only and told so again, so that it can neither write
 * nor checkpoint. Also usable from another process while the daemon runs. Threads take turns.
 */
public final class DatabaseReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseReader.class);

  private final OpenFile file;
  private final ReentrantLock turn = new ReentrantLock();
  private boolean closed;

  private DatabaseReader(OpenFile file) {
    this.file = file;
  }

  /**
   * Opens an existing file.
   *
   * @throws StoreException.Unusable if it is missing, not ours, or of another schema
   */
  public static DatabaseReader open(Path path, Schema schema) throws StoreException {
    if (!Files.isRegularFile(path)) {
      throw new StoreException.Unusable(
          "there is no %s at %s; has the relay run yet?".formatted(schema.name(), path));
    }
    try {
      OpenFile file = OpenFile.connect(path, true);
      try {
        Pragmas.requireSoundSqlite(file);
        Pragmas.applyToReader(file);
        int version = new Migrator(path, schema).examine(file);
        if (version < schema.version()) {
          throw new StoreException.Unusable(
              "%s was made by an older Longwire; start the relay once to bring it up to date"
                  .formatted(path));
        }
        return new DatabaseReader(file);
      } catch (SQLException | StoreException | RuntimeException e) {
        file.close();
        throw e;
      }
    } catch (SQLException e) {
      throw SqlErrors.translate(e);
    }
  }

  /** Reads in one snapshot. The transaction is over when this returns; cursors never leave. */
  public <T> T read(Work<T> work) throws StoreException {
    turn.lock();
    try {
      if (closed) {
        throw new StoreException.Closed("the database is closed");
      }
      file.execute("BEGIN");
      try {
        return work.run(file);
      } finally {
        file.rollBack();
      }
    } catch (SQLException e) {
      throw SqlErrors.translate(e);
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void close() {
    turn.lock();
    try {
      if (!closed) {
        closed = true;
        file.close();
      }
    } catch (SQLException e) {
      LOG.warn("closing a reader failed: {}", e.getMessage());
    } finally {
      turn.unlock();
    }
  }
}
