package org.longwire.relay.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a person does with a file of ours from outside the daemon. Those that change the file are
 * for when nobody else has it open; the callers see to that. Used by one thread.
 */
public final class FileTools {
  /** Defects told of; one is enough to act. */
  private static final int MAX_DEFECTS = 20;

  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  /** Where the head of a file says how it is written, and what it says where there is a log. */
  private static final int JOURNAL_VERSION = 18;

  private static final int LOG_KEPT = 2;

  private static final List<String> PARTS = List.of("-wal", "-shm", "-journal", "");

  private final Path file;
  private final Schema schema;

  public FileTools(Path file, Schema schema) {
    this.file = file;
    this.schema = schema;
  }

  /**
   * What can be seen of a file without looking at every page.
   *
   * @param newest the version that this program knows
   * @param logBytes of the write-ahead log beside it
   * @param freeBytes that {@link #compact} would give back
   * @param rows by table
   */
  public record Facts(
      int version, int newest, long bytes, long logBytes, long freeBytes, Map<String, Long> rows) {}

  /** Is told now and then that something goes on. */
  @FunctionalInterface
  public interface Progress {
    /** @param share done, from 0 to 1; empty if nobody knows */
    void at(Optional<Double> share);
  }

  public boolean exists() {
    return Files.exists(file);
  }

  /** Bytes that the disk still takes; no limit if nobody knows. */
  public long freeSpace() {
    try {
      return Files.getFileStore(file.toAbsolutePath().getParent()).getUsableSpace();
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }

  public Facts facts() throws StoreException {
    return reading(open -> {
      int version = new Migrator(file, schema).examine(open);
      long page = open.askNumber("PRAGMA page_size");
      Map<String, Long> rows = new LinkedHashMap<>();
      List<String> tables = open.list(
          "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
              + " AND name NOT LIKE 'message_words%' ORDER BY name",
          row -> row.getString(1));
      for (String table : tables) {
        String count = "SELECT count(*) FROM \"" + table.replace("\"", "\"\"") + '"';
        rows.put(table, open.ask(count).map(Long::parseLong).orElse(0L));
      }
      return new Facts(
          version,
          schema.version(),
          size(file),
          size(part("-wal")),
          open.askNumber("PRAGMA freelist_count") * page,
          rows);
    });
  }

  /**
   * Looks at every page.
   *
   * @return what is wrong; empty if nothing is
   */
  public List<String> check(boolean quick, Progress progress) throws StoreException {
    return reading(open -> {
      new Migrator(file, schema).examine(open);
      open.whileRunning(() -> progress.at(Optional.empty()));
      List<String> words = new ArrayList<>(open.list(
          "PRAGMA %s(%d)".formatted(quick ? "quick_check" : "integrity_check", MAX_DEFECTS),
          row -> row.getString(1)));
      words.remove("ok");
      return words;
    });
  }

  /** Where a backup belongs that recovery is to find. */
  public Path backupPath(Instant now) {
    return file.toAbsolutePath()
        .resolveSibling(Backups.FOLDER)
        .resolve(file.getFileName() + "." + UTC.format(now));
  }

  /** Copies all that is committed; safe while somebody writes. */
  public void backup(Path to, Progress progress) throws StoreException {
    long whole = Math.max(1, size(file));
    Path half = Backups.half(to);
    reading(open -> {
      new Migrator(file, schema).examine(open);
      try {
        FileModes.createDirectory(to.toAbsolutePath().getParent());
      } catch (IOException e) {
        throw new StoreException.Unusable(
            "the folder of %s cannot be made (%s): give a path where this user may write"
                .formatted(to, e),
            e);
      }
      open.whileRunning(() -> progress.at(Optional.of(Math.min(1, size(half) / (double) whole))));
      Backups.write(open, to);
      return to;
    });
  }

  /** The backups that recovery would look at, the newest first. */
  public List<Path> backups() {
    return new Backups(file, schema).all();
  }

  /**
   * Puts a backup in the place of the file, which is kept under another name.
   *
   * @return the name of what was there; empty if nothing was
   * @throws StoreException.Unusable if the backup is damaged, somebody else's, or of a newer
   *     program
   */
  public Optional<Path> restore(Path backup, Instant now) throws StoreException {
    Backups backups = new Backups(file, schema);
    if (!Files.isRegularFile(backup)) {
      throw new StoreException.Unusable("there is no backup at " + backup);
    }
    if (!backups.isGood(backup)) {
      throw new StoreException.Unusable(
          "%s is damaged, or no %s of Longwire's; choose another backup"
              .formatted(backup, schema.name()));
    }
    try {
      Optional<Path> aside = putAside(now);
      backups.restore(backup);
      return aside;
    } catch (IOException e) {
      throw new StoreException.Unusable(
          "%s cannot be put in the place of %s: %s".formatted(backup, file, e), e);
    }
  }

  private Optional<Path> putAside(Instant now) throws IOException {
    String suffix = ".replaced-" + UTC.format(now);
    Optional<Path> aside = Optional.empty();
    for (String part : PARTS) {
      Path from = part(part);
      boolean holdsNothing = part.equals("-shm") || (!part.isEmpty() && size(from) == 0);
      if (holdsNothing) {
        Files.deleteIfExists(from);
      } else if (Files.exists(from)) {
        Path to = part(suffix + part);
        Files.move(from, to);
        aside = part.isEmpty() ? Optional.of(to) : aside;
      }
    }
    return aside;
  }

  /**
   * Brings the file to the schema of this program, after a backup beside it.
   *
   * @return the version it had
   */
  public int migrate() throws StoreException {
    int before = reading(open -> new Migrator(file, schema).examine(open));
    return writing(open -> {
      new Migrator(file, schema).migrate(open, before);
      return before;
    });
  }

  /** Writes the file anew without its holes. */
  public void compact(Progress progress) throws StoreException {
    writing(open -> {
      new Migrator(file, schema).requireCurrent(open);
      open.whileRunning(() -> progress.at(Optional.empty()));
      open.execute("VACUUM");
      open.execute("PRAGMA wal_checkpoint(TRUNCATE)");
      return true;
    });
  }

  /** Deletes the file and what belongs to it; backups stay. */
  public void delete() throws StoreException {
    try {
      for (String part : PARTS) {
        Files.deleteIfExists(part(part));
      }
    } catch (IOException e) {
      throw new StoreException.ReadOnly("%s cannot be deleted: %s".formatted(file, e), e);
    }
  }

  private static long size(Path path) {
    try {
      return Files.exists(path) ? Files.size(path) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /** How to connect. */
  private interface Way {
    OpenFile to(Path file) throws SQLException;
  }

  /** Work with a connection of its own. */
  private interface Use<T> {
    T of(OpenFile open) throws SQLException, StoreException;
  }

  private <T> T reading(Use<T> use) throws StoreException {
    DatabaseReader.requireReadable(file, schema);
    Optional<List<Object>> closed = closed();
    if (closed.isPresent()) {
      try {
        T found = with(OpenFile::connectImmutable, use);
        if (closed.equals(closed())) {
          return found;
        }
      } catch (StoreException e) {
        if (closed.equals(closed())) {
          throw e;
        }
      }
      // Somebody has opened it meanwhile.
    }
    return with(path -> OpenFile.connect(path, true), use);
  }

  /**
   * What tells a file that its owner has closed from the same one changed: beside it, SQLite would
   * leave a log and shared memory. Empty if it may be in use.
   */
  private Optional<List<Object>> closed() throws StoreException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(JOURNAL_VERSION + 1);
      boolean keepsLog = head.length > JOURNAL_VERSION && head[JOURNAL_VERSION] == LOG_KEPT;
      return keepsLog && !Files.exists(part("-wal")) && !Files.exists(part("-journal"))
          ? Optional.of(List.of(Files.size(file), Files.getLastModifiedTime(file)))
          : Optional.empty();
    } catch (IOException e) {
      throw new StoreException.Transient("cannot look at " + file + ": " + e, e);
    }
  }

  private Path part(String ending) {
    return file.resolveSibling(file.getFileName() + ending);
  }

  private <T> T writing(Use<T> use) throws StoreException {
    if (!Files.isWritable(file)) {
      throw new StoreException.Unusable(
          "%s cannot be written by this user; do it as the user of the relay".formatted(file));
    }
    return with(path -> OpenFile.connect(path, false), use);
  }

  private <T> T with(Way way, Use<T> use) throws StoreException {
    try {
      OpenFile open = way.to(file);
      try {
        Pragmas.requireSoundSqlite(open);
        return use.of(open);
      } finally {
        open.close();
      }
    } catch (SQLException e) {
      throw SqlErrors.translate(e, file, schema);
    }
  }
}
