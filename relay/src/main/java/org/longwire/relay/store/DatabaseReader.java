package org.longwire.relay.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that can only read: opened read-only and told so again, so that it can neither write
 * nor checkpoint. Also usable from another process while the daemon runs. Threads take turns.
 */
public final class DatabaseReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseReader.class);

  private final Path path;
  private final Schema schema;
  private final ReentrantLock turn = new ReentrantLock();
  private Optional<OpenFile> file;
  private boolean closed;

  private DatabaseReader(Path path, Schema schema, OpenFile file) {
    this.path = path;
    this.schema = schema;
    this.file = Optional.of(file);
  }

  /**
   * Opens an existing file.
   *
   * @throws StoreException.Unusable if it is missing, not ours, or of another schema
   */
  public static DatabaseReader open(Path path, Schema schema) throws StoreException {
    if (Files.notExists(path)) {
      throw new StoreException.Unusable(
          "there is no %s at %s; has the relay run yet?".formatted(schema.name(), path));
    }
    if (!Files.isReadable(path) || !Files.isRegularFile(path)) {
      throw new StoreException.Unusable(
          "%s may not be read by this user; ask as the user of the relay".formatted(path));
    }
    try {
      return new DatabaseReader(path, schema, connect(path, schema));
    } catch (SQLException e) {
      throw SqlErrors.translate(e, path);
    }
  }

  private static OpenFile connect(Path path, Schema schema) throws SQLException, StoreException {
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
      if (closed) {
        throw new StoreException.Closed("the database is closed");
      }
      if (file.isEmpty()) {
        file = Optional.of(connect(path, schema));
      }
      return inSnapshot(file.get(), work);
    } catch (SQLException e) {
      if (SqlErrors.spoilsConnection(e)) {
        closeFile();
      }
      throw SqlErrors.translate(e, path);
    } finally {
      turn.unlock();
    }
  }

  private static <T> T inSnapshot(OpenFile open, Work<T> work) throws SQLException, StoreException {
    open.execute("BEGIN");
    try {
      return work.run(open);
    } finally {
      open.rollBack();
    }
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
