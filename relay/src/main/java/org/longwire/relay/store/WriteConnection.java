package org.longwire.relay.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection that writes. It commits groups, and opens itself anew after failures that may
 * have spoiled it. Used by one thread at a time.
 */
final class WriteConnection implements GroupCommit {
  private static final Logger LOG = LoggerFactory.getLogger(WriteConnection.class);
  private static final int PAGE_SIZE = 4096;

  private final Path path;
  private final Schema schema;
  private final CommitObserver observer;
  private Optional<OpenFile> file;

  private WriteConnection(Path path, Options options, OpenFile file) {
    this.path = path;
    this.schema = options.schema();
    this.observer = options.observer();
    this.file = Optional.of(file);
  }

  /** Makes or opens the file and brings its schema up to date. */
  static WriteConnection open(Path path, Options options) throws StoreException {
    try {
      FileModes.createDirectory(path.toAbsolutePath().getParent());
      FileModes.createPrivate(path);
    } catch (IOException e) {
      throw new StoreException.Unusable(
          "cannot make the %s %s: %s".formatted(options.schema().name(), path, e), e);
    }
    try {
      return new WriteConnection(path, options, connect(path, options.schema()));
    } catch (SQLException e) {
      throw SqlErrors.translate(e);
    }
  }

  private static OpenFile connect(Path path, Schema schema) throws SQLException, StoreException {
    OpenFile file = OpenFile.connect(path, false);
    try {
      Pragmas.requireSoundSqlite(file);
      Migrator migrator = new Migrator(path, schema);
      int version = migrator.examine(file);
      if (version == 0) {
        file.execute("PRAGMA page_size = " + PAGE_SIZE);
      }
      Pragmas.applyToWriter(file);
      migrator.migrate(file, version);
      return file;
    } catch (SQLException | StoreException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Runs the group in one transaction, each write inside its own savepoint, and tells everybody
   * after the commit. On return all futures of the group are complete.
   */
  @Override
  public boolean commit(List<Write<?>> group) {
    try {
      OpenFile open = reopened();
      open.execute("BEGIN IMMEDIATE");
      for (Write<?> write : group) {
        runOne(open, write);
      }
      observer.beforeCommit();
      open.execute("COMMIT");
    } catch (SQLException e) {
      abandon(group, SqlErrors.translate(e));
      if (SqlErrors.spoilsConnection(e)) {
        drop();
      }
      return true;
    } catch (StoreException e) {
      abandon(group, e);
      return true;
    } catch (RuntimeException | Error e) {
      abandon(group, e);
      throw e;
    }
    try {
      observer.afterCommit();
    } finally {
      group.forEach(Write::tell);
    }
    return true;
  }

  private static void runOne(OpenFile open, Write<?> write) throws SQLException {
    open.execute("SAVEPOINT one");
    try {
      write.run(open);
      open.execute("RELEASE one");
    } catch (SQLException e) {
      if (SqlErrors.spoilsConnection(e)) {
        throw e;
      }
      undo(open, e);
      write.failed(SqlErrors.translate(e));
    } catch (StoreException | RuntimeException e) {
      undo(open, e);
      write.failed(e);
    }
  }

  /** Fails when SQLite has ended the whole transaction; then the first cause tells everybody. */
  private static void undo(OpenFile open, Exception cause) throws SQLException {
    try {
      open.execute("ROLLBACK TO one");
      open.execute("RELEASE one");
    } catch (SQLException e) {
      throw cause instanceof SQLException first ? first : e;
    }
  }

  private void abandon(List<Write<?>> group, Throwable failure) {
    file.ifPresent(OpenFile::rollBack);
    group.forEach(write -> write.tell(failure));
  }

  private OpenFile reopened() throws SQLException, StoreException {
    if (file.isEmpty()) {
      if (!Files.exists(path)) {
        // A new empty file in its place would hide that everything is gone.
        throw new StoreException.Unusable(path + " has been removed");
      }
      file = Optional.of(connect(path, schema));
      LOG.info("{} opened anew", path);
    }
    return file.get();
  }

  private void drop() {
    file.ifPresent(WriteConnection::closeQuietly);
    file = Optional.empty();
  }

  /** Moves what the log holds into the file, so that the file alone is complete, and closes. */
  @Override
  public void close() {
    file.ifPresent(open -> {
      try {
        open.execute("PRAGMA wal_checkpoint(TRUNCATE)");
      } catch (SQLException e) {
        LOG.warn("the last checkpoint of {} failed: {}", path, e.getMessage());
      }
    });
    drop();
  }

  private static void closeQuietly(OpenFile open) {
    try {
      open.close();
    } catch (SQLException e) {
      LOG.warn("closing the writer failed: {}", e.getMessage());
    }
  }
}
