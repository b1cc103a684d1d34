package org.longwire.relay.store;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection that writes. It commits groups, and opens itself anew after failures that may
 * have spoiled it; a damaged file it has replaced, if it may. Used by one thread at a time.
 */
final class WriteConnection implements GroupCommit {
  private static final Logger LOG = LoggerFactory.getLogger(WriteConnection.class);
  private static final int PAGE_SIZE = 4096;

  private final Path path;
  private final Options options;
  private final CommitObserver observer;
  private final Quarantine quarantine;
  private final ConnectionUse.Counter connections = new ConnectionUse.Counter();
  private Optional<OpenFile> file = Optional.empty();

  /** Whether the file was opened once, and so is known to be there and to be ours. */
  private boolean begun;

  private volatile boolean suspect;
  private boolean spoilt;
  private volatile Runnable onReplaced = () -> {};

  private WriteConnection(Path path, Options options) {
    this.path = path;
    this.options = options;
    this.observer = options.observer();
    this.quarantine = new Quarantine(path, options.schema(), options.clock());
  }

  /** Makes or opens the file, with its folder, and brings its schema up to date. */
  static WriteConnection open(Path path, Options options) throws StoreException {
    WriteConnection connection = new WriteConnection(path, options);
    if (!path.equals(Database.MEMORY)) {
      connection.make(FileModes::createDirectory, path.toAbsolutePath().getParent());
    }
    connection.begin();
    return connection;
  }

  /**
   * The same for those who can wait: what cannot be opened now is opened by the first write that
   * can. No folder is made, because the disk that it is on may be missing.
   *
   * @throws StoreException if waiting would not help
   */
  static WriteConnection openOrLater(Path path, Options options) throws StoreException {
    WriteConnection connection = new WriteConnection(path, options);
    try {
      connection.begin();
    } catch (StoreException e) {
      if (!e.mayRetry()) {
        throw e;
      }
      options.observer().failed(e);
    }
    return connection;
  }

  boolean hasBegun() {
    return begun;
  }

  /** What makes a file or a folder, unless it is there. */
  private interface Making {
    void of(Path path) throws IOException;
  }

  private void make(Making making, Path what) throws StoreException {
    try {
      making.of(what);
    } catch (IOException e) {
      throw new StoreException.ReadOnly(
          "the %s %s cannot be opened: %s; is its disk there and not full, and its folder ours?"
              .formatted(options.schema().name(), path, reason(e)),
          e);
    }
  }

  private void begin() throws StoreException {
    boolean inMemory = path.equals(Database.MEMORY);
    if (!inMemory) {
      make(FileModes::createPrivate, path);
    }
    try {
      boolean unclean = false;
      if (!inMemory) {
        quarantine.meetBadLog(options.recovering());
        unclean = quarantine.isUnclean();
      }
      if (unclean && !options.recovering()) {
        unclean = !quarantine.requireWhole();
      }
      file = Optional.of(connectOrReplace());
      begun = true;
      if (unclean) {
        suspect();
        reopened();
      }
    } catch (SQLException e) {
      begun = false;
      drop();
      throw SqlErrors.translate(e, path);
    } catch (StoreException e) {
      begun = false;
      drop();
      throw e;
    }
  }

  private static String reason(IOException e) {
    return e instanceof FileSystemException file && file.getReason() != null
        ? file.getReason()
        : e.getClass().getSimpleName();
  }

  /** Has something run after a damaged file was replaced by another. */
  void onReplaced(Runnable listener) {
    onReplaced = listener;
  }

  /** Has the whole file looked at before it is used again. Any thread. */
  private void suspect() {
    suspect = true;
  }

  /** A reader can do nothing about damage, but this connection can. Any thread. */
  StoreException told(StoreException e) {
    if (!SqlErrors.isDamage(e)) {
      return e;
    }
    suspect();
    return options.recovering() ? replacing(e.getCause()) : e;
  }

  private StoreException translated(SQLException e) {
    return options.recovering() && SqlErrors.isDamage(e)
        ? replacing(e)
        : SqlErrors.translate(e, path);
  }

  private StoreException replacing(Throwable damage) {
    return new StoreException.Unusable(
        ("%s is damaged: it is kept under another name, and its newest good backup takes its place"
                + " before the next write")
            .formatted(path),
        damage);
  }

  private OpenFile connect() throws SQLException, StoreException {
    OpenFile open = OpenFile.connect(path, false);
    connections.opened();
    try {
      Pragmas.claim(open, options.profile());
      Pragmas.requireSoundSqlite(open);
      Migrator migrator = new Migrator(path, options.schema());
      int version = migrator.examine(open);
      if (version == 0) {
        open.execute("PRAGMA page_size = " + PAGE_SIZE);
      }
      Pragmas.applyToWriter(open, options.profile());
      migrator.migrate(open, version);
      return open;
    } catch (SQLException | StoreException | RuntimeException e) {
      open.close();
      throw e;
    }
  }

  private OpenFile connectOrReplace() throws SQLException, StoreException {
    try {
      return connect();
    } catch (SQLException | StoreException e) {
      if (!options.recovering() || !SqlErrors.isDamage(e) || !quarantine.isOurs()) {
        throw e;
      }
      quarantine.replace(e.getMessage());
      replaced();
      return connect();
    }
  }

  /** Each write is inside its own savepoint. Not empty if somebody else holds the file. */
  @Override
  public Optional<StoreException> commit(List<Write<?>> group) {
    try {
      OpenFile open = reopened();
      connections.used();
      open.execute("BEGIN IMMEDIATE");
      for (Write<?> write : group) {
        runOne(open, write);
      }
      observer.beforeCommit();
      open.execute("COMMIT");
    } catch (SQLException e) {
      if (SqlErrors.isBusy(e)) {
        file.ifPresent(OpenFile::rollBack);
        return Optional.of(SqlErrors.translate(e, path));
      }
      StoreException failure = translated(e);
      // Before anybody is told: whoever hears of it may use the connection at once.
      file.ifPresent(OpenFile::rollBack);
      afterFailure(e);
      observer.failed(failure);
      group.forEach(write -> write.tell(failure));
      return Optional.empty();
    } catch (StoreException e) {
      observer.failed(e);
      abandon(group, e);
      return Optional.empty();
    } catch (RuntimeException | Error e) {
      abandon(group, e);
      throw e;
    }
    try {
      observer.afterCommit();
    } finally {
      group.forEach(Write::tell);
    }
    return Optional.empty();
  }

  private void afterFailure(SQLException e) {
    // A sync that failed may have cost pages of which the kernel tells no more.
    if (SqlErrors.isDamage(e) || SqlErrors.isInputOutput(e) && quarantine.isSoonLookedAt()) {
      suspect();
    }
    if (SqlErrors.isInputOutput(e)) {
      spoilt = !path.equals(Database.MEMORY);
    } else if (SqlErrors.spoilsConnection(e)) {
      drop();
    }
  }

  private void runOne(OpenFile open, Write<?> write) throws SQLException {
    open.execute("SAVEPOINT one");
    try {
      write.run(open);
      open.execute("RELEASE one");
    } catch (SQLException e) {
      if (SqlErrors.spoilsConnection(e) || SqlErrors.isBusy(e)) {
        throw e;
      }
      undo(open, e);
      write.failed(translated(e));
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

  /** Reads in one snapshot, in which nothing can be written. */
  <T> T read(Work<T> work) throws StoreException {
    try {
      OpenFile open = reopened();
      connections.used();
      open.execute("PRAGMA query_only = ON");
      try {
        return open.inSnapshot(work);
      } finally {
        open.execute("PRAGMA query_only = OFF");
      }
    } catch (SQLException e) {
      afterFailure(e);
      throw translated(e);
    }
  }

  ConnectionUse connections() {
    return connections.sum();
  }

  private OpenFile reopened() throws SQLException, StoreException {
    if (!begun) {
      begin();
    }
    if (suspect) {
      lookAtTheWhole();
    }
    return opened();
  }

  private OpenFile opened() throws SQLException, StoreException {
    if (file.isPresent() && !spoilt) {
      return file.get();
    }
    if (!Files.exists(path)) {
      // A new empty file in its place would hide that everything is gone.
      throw new StoreException.Unusable(
          path + " has been removed: put it back, or restart to begin a new one");
    }
    if (options.profile().exclusive()) {
      drop();
    }
    // The old one is closed only now: with the last connection SQLite forgets how far the log
    // counts, and whatever a failed commit left in it would pass for committed.
    OpenFile fresh = connectOrReplace();
    drop();
    file = Optional.of(fresh);
    spoilt = false;
    LOG.info("{} opened anew", path);
    return fresh;
  }

  /** After damage or an I/O error was met, or an unclean end: decides whether the file is bad. */
  private void lookAtTheWhole() throws SQLException, StoreException {
    Optional<String> damage = damage();
    if (damage.isPresent() && !options.recovering()) {
      throw SqlErrors.damaged(path, new SQLException(damage.get()));
    }
    if (damage.isPresent()) {
      drop();
      quarantine.replace(damage.get());
      file = Optional.of(connect());
      replaced();
    }
    suspect = false;
  }

  private Optional<String> damage() throws SQLException, StoreException {
    try {
      String verdict = opened().ask("PRAGMA quick_check(1)").orElse("no answer");
      return verdict.equals("ok") ? Optional.empty() : Optional.of(verdict);
    } catch (SQLException e) {
      if (!SqlErrors.isDamage(e)) {
        throw e;
      }
      return Optional.of(e.getMessage());
    }
  }

  private void replaced() {
    onReplaced.run();
    observer.replaced();
  }

  /** A database in memory would be lost with its connection. */
  private void drop() {
    if (file.isPresent() && !file.get().inMemory()) {
      closeQuietly(file.get());
      file = Optional.empty();
      spoilt = false;
    }
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
      closeQuietly(open);
    });
    file = Optional.empty();
  }

  private static void closeQuietly(OpenFile open) {
    try {
      open.close();
    } catch (SQLException e) {
      LOG.warn("closing the writer failed: {}", e.getMessage());
    }
  }
}
