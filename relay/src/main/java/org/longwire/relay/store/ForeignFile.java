package org.longwire.relay.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that somebody else writes, or nobody any more, and where we may write nothing, not even
 * beside it. How it is opened depends on what lies there (reference: storage-and-reliability.md
 * §2.5):
 *
 * <ul>
 *   <li>a log and its shared memory: its owner is at work, and we read along;
 *   <li>no log: it is closed, and read as a file that nobody changes, until somebody does;
 *   <li>a log alone, or a journal: its owner has died, and a copy is put in order and read.
 * </ul>
 */
final class ForeignFile {
  private static final Logger LOG = LoggerFactory.getLogger(ForeignFile.class);

  /** What is copied at most: more would fill a card for an archive that its owner can mend. */
  private static final long MAX_COPY_BYTES = 512L * 1024 * 1024;

  /** What a slow card copies: the least that may be reckoned with. */
  static final long COPIED_BYTES_PER_MS = 20_000;

  /** Copies made of a file that changes under us before we give up for now. */
  private static final int MAX_COPIES = 3;

  private final Path file;
  private final Path copy;
  private final boolean alwaysCopied;
  private volatile Optional<Opened> opened = Optional.empty();

  /**
   * @param copy where a copy may be put; its directory is ours
   * @param alwaysCopied whether the file is on a file system where reading along is not safe
   */
  ForeignFile(Path file, Path copy, boolean alwaysCopied) {
    this.file = file;
    this.copy = copy;
    this.alwaysCopied = alwaysCopied;
  }

  /** How a file was opened. */
  enum Way {
    LIVE,
    CLOSED,
    COPIED
  }

  private record Opened(Way way, Look look) {}

  /**
   * What can be seen of a file without opening it.
   *
   * @param logs bytes of the log and of the journal, 0 if there is none
   */
  private record Look(
      Optional<Object> key, long size, FileTime time, List<Long> logs, boolean sharedMemory) {
    static Look at(Path file) throws StoreException {
      try {
        BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
        return new Look(
            Optional.ofNullable(seen.fileKey()),
            seen.size(),
            seen.lastModifiedTime(),
            List.of(sizeOf(beside(file, "-wal")), sizeOf(beside(file, "-journal"))),
            Files.exists(beside(file, "-shm")));
      } catch (NoSuchFileException e) {
        throw new StoreException.Transient("there is no " + file, e);
      } catch (IOException e) {
        throw new StoreException.Transient("cannot look at " + file + ": " + e, e);
      }
    }

    private static long sizeOf(Path file) throws IOException {
      try {
        return Files.size(file);
      } catch (NoSuchFileException e) {
        return 0L;
      }
    }

    boolean hasLog() {
      return logs.get(0) > 0;
    }

    boolean hasJournal() {
      return logs.get(1) > 0;
    }

    long bytes() {
      return size + logs.get(0) + logs.get(1);
    }
  }

  Path path() {
    return file;
  }

  /** How it was opened last. */
  Optional<Way> way() {
    return opened.map(Opened::way);
  }

  /** Whether what was opened last is not what lies there now; also if nothing lies there. */
  boolean hasChanged() {
    if (opened.isEmpty()) {
      return false;
    }
    Opened last = opened.get();
    try {
      Look now = Look.at(file);
      return last.way() == Way.LIVE
          ? !now.key().equals(last.look().key())
          : !now.equals(last.look());
    } catch (StoreException e) {
      return true;
    }
  }

  /**
   * Refuses what could not be copied within a limit.
   *
   * @throws StoreException.Transient if it would have to be copied and is too large for that
   */
  void requireCopiedWithin(Duration limit) throws StoreException {
    if (opened.isPresent() && !hasChanged()) {
      return;
    }
    Look look = Look.at(file);
    boolean live = !alwaysCopied && look.hasLog() && look.sharedMemory();
    boolean copied = !live && (alwaysCopied || look.hasLog() || look.hasJournal());
    if (copied && look.bytes() / COPIED_BYTES_PER_MS > limit.toMillis()) {
      throw new StoreException.Transient(
          ("%s was not closed by its owner, and to copy its %d MB takes too long here;"
                  + " ask this source alone, or start and stop its owner once")
              .formatted(file, look.bytes() / 1_000_000));
    }
  }

  /**
   * Opens it, without pragmas. The first access has been made: what cannot be read is told here.
   */
  OpenFile open() throws SQLException, StoreException {
    Look look = Look.at(file);
    if (!Files.isReadable(file)) {
      throw new StoreException.Transient(
          file + " may not be read by this user; let the relay's group read it");
    }
    if (!alwaysCopied && look.hasLog() && look.sharedMemory()) {
      Optional<OpenFile> live = readAlong();
      if (live.isPresent()) {
        return remember(live.get(), Way.LIVE, look);
      }
    }
    if (alwaysCopied || look.hasLog() || look.hasJournal()) {
      Look copied = makeCopy(look);
      return remember(tried(OpenFile.connectImmutable(copy)), Way.COPIED, copied);
    }
    return remember(tried(OpenFile.connectImmutable(file)), Way.CLOSED, look);
  }

  private OpenFile remember(OpenFile open, Way way, Look look) {
    opened = Optional.of(new Opened(way, look));
    LOG.debug("{} opened: {}", file, way);
    return open;
  }

  /** Empty if SQLite would have to write beside the file to read along. */
  private Optional<OpenFile> readAlong() throws SQLException {
    try {
      return Optional.of(tried(OpenFile.connect(file, true)));
    } catch (SQLException e) {
      if (!SqlErrors.needsToWrite(e)) {
        throw e;
      }
      LOG.debug("{} cannot be read along: {}", file, e.getMessage());
      return Optional.empty();
    }
  }

  private static OpenFile tried(OpenFile open) throws SQLException {
    try {
      open.ask("SELECT count(*) FROM sqlite_schema");
      return open;
    } catch (SQLException e) {
      open.close();
      throw e;
    }
  }

  private Look makeCopy(Look first) throws StoreException, SQLException {
    Look before = first;
    try {
      requireRoom(before.bytes());
      FileModes.createDirectory(copy.toAbsolutePath().getParent());
      for (int i = 0; i < MAX_COPIES; i++) {
        for (String part : List.of("", "-wal", "-journal")) {
          copyPart(part);
        }
        Look after = Look.at(file);
        if (after.equals(before)) {
          putInOrder();
          return after;
        }
        before = after;
      }
    } catch (IOException e) {
      throw new StoreException.Transient("cannot copy " + file + ": " + e, e);
    }
    throw new StoreException.Transient(file + " changes while it is copied");
  }

  private void requireRoom(long bytes) throws IOException, StoreException {
    FileModes.createDirectory(copy.toAbsolutePath().getParent());
    long free = Files.getFileStore(copy.toAbsolutePath().getParent()).getUsableSpace();
    if (bytes > MAX_COPY_BYTES || bytes > free / 2) {
      throw new StoreException.Transient(
          ("%s was not closed by its owner and is too large to be copied (%d MB);"
                  + " start and stop its owner once")
              .formatted(file, bytes / 1_000_000));
    }
  }

  private void copyPart(String part) throws IOException {
    Path target = beside(copy, part);
    Files.deleteIfExists(target);
    Files.deleteIfExists(beside(copy, "-shm"));
    Path source = beside(file, part);
    if (Files.exists(source)) {
      FileModes.createPrivate(target);
      Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
      FileModes.createPrivate(target);
    }
  }

  /** Does what the owner would do at his next start: the copy is ours. */
  private void putInOrder() throws SQLException {
    try (OpenFile open = OpenFile.connect(copy, false)) {
      open.execute("PRAGMA trusted_schema = OFF");
      open.ask("SELECT count(*) FROM sqlite_schema");
      open.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
  }

  private static Path beside(Path file, String ending) {
    return file.resolveSibling(file.getFileName() + ending);
  }
}
