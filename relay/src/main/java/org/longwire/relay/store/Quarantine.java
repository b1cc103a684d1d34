package org.longwire.relay.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a damaged file: it is renamed and never deleted, and the newest good backup takes
 * its place, else a new file (reference: storage-and-reliability.md §2.3). The caller has closed
 * his connections.
 */
final class Quarantine {
  /** Looking at a whole file at the start costs a second for so much on a slow card. */
  static final long LOOK_LIMIT_BYTES = 32L * 1024 * 1024;

  /** The log before the file: without its log a file is old, with another's log it is spoilt. */
  private static final List<String> PARTS = List.of("-wal", "-shm", "-journal", "");

  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);

  /** Every size of a page of SQLite is a multiple of it. */
  private static final int SMALLEST_PAGE = 512;

  private static final int LOG_HEADER = 32;

  /** The log's magic number, but for its last bit, which tells the order of bytes of the sums. */
  private static final int LOG_MAGIC = 0x377f0682;

  private final Path file;
  private final Schema schema;
  private final InstantSource clock;

  Quarantine(Path file, Schema schema, InstantSource clock) {
    this.file = file;
    this.schema = schema;
    this.clock = clock;
  }

  /**
   * Whether there is a sign that the file was ours, when its contents do not tell any more: a text
   * file under a mistaken path is not to be moved away.
   */
  boolean isOurs() {
    try {
      long size = Files.size(file);
      return !new Backups(file, schema).all().isEmpty()
          || Files.exists(part("-wal"))
          || size > 0 && size % SMALLEST_PAGE == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether the last process did not close the file, so that it is worth looking at. */
  boolean isUnclean() {
    return (holdsSomething("-wal") || holdsSomething("-journal")) && isSoonLookedAt();
  }

  private boolean holdsSomething(String part) {
    try {
      return Files.exists(part(part)) && Files.size(part(part)) > 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether looking at the whole file takes about a second at most. */
  boolean isSoonLookedAt() {
    try {
      return Files.size(file) <= LOOK_LIMIT_BYTES;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Looks at the whole file without leave to write, so that what is refused stays as it is, log and
   * all.
   *
   * @return false if it could not: a crash has left a journal that has to be rolled back first
   * @throws StoreException.Unusable if it is damaged
   */
  boolean requireWhole() throws SQLException, StoreException {
    try (OpenFile open = OpenFile.connect(file, true)) {
      String verdict = open.ask("PRAGMA quick_check(1)").orElse("no answer");
      if (!verdict.equals("ok")) {
        throw SqlErrors.damaged(file, new SQLException(verdict));
      }
      return true;
    } catch (SQLException e) {
      if (!SqlErrors.needsToWrite(e)) {
        throw e;
      }
      return false;
    }
  }

  /**
   * Puts a log aside whose head is damaged, or refuses it. SQLite would take it for an empty one
   * and write over it; what was not yet in the file would be gone without a word.
   *
   * @throws StoreException.Transient if it cannot be read, which says nothing of what is in it
   */
  void meetBadLog(boolean mayReplace) throws StoreException {
    Path log = part("-wal");
    if (!holdsSomething("-wal") || hasSoundHead(log)) {
      return;
    }
    if (!mayReplace) {
      throw SqlErrors.damaged(log, new SQLException("its head is no log's"));
    }
    try {
      Path kept = file.resolveSibling(log.getFileName() + ending());
      Files.move(log, kept);
      Files.deleteIfExists(part("-shm"));
      Backups.forceDirectory(file.toAbsolutePath().getParent());
      LOG.error(
          "the log of the {} was damaged; what was last written to it is lost to us, and kept in"
              + " {}",
          schema.name(),
          kept);
    } catch (IOException e) {
      throw cannotPutAside(log, e);
    }
  }

  private static StoreException cannotPutAside(Path what, IOException e) {
    return new StoreException.Unusable(
        ("%s is damaged and cannot be replaced (%s): may this user write its folder, and is there"
                + " room in it?")
            .formatted(what, e),
        e);
  }

  private static boolean hasSoundHead(Path log) throws StoreException {
    ByteBuffer head = ByteBuffer.allocate(LOG_HEADER);
    try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ)) {
      while (head.hasRemaining() && channel.read(head) >= 0) {
        // Reads on.
      }
    } catch (IOException e) {
      throw new StoreException.Transient(
          "%s cannot be read (%s): does it belong to another user?".formatted(log, e), e);
    }
    if (head.hasRemaining()) {
      // Shorter than its head: cut off by a crash before anything was committed to it.
      return true;
    }
    if (Arrays.equals(head.array(), new byte[LOG_HEADER])) {
      // Never written, though the file had grown: a power cut before the first commit to it.
      return true;
    }
    int magic = head.getInt(0);
    if ((magic & ~1) != LOG_MAGIC) {
      return false;
    }
    head.order((magic & 1) == 1 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    int first = 0;
    int second = 0;
    for (int i = 0; i < 24; i += 8) {
      first += head.getInt(i) + second;
      second += head.getInt(i + 4) + first;
    }
    head.order(ByteOrder.BIG_ENDIAN);
    return first == head.getInt(24) && second == head.getInt(28);
  }

  /**
   * Renames the file with what belongs to it, and puts a good backup in its place if there is one;
   * else the caller makes a new one.
   *
   * @throws StoreException.Unusable if not even that is possible
   */
  void replace(String why) throws StoreException {
    String ending = ending();
    try {
      for (String part : PARTS) {
        if (Files.exists(part(part))) {
          Files.move(part(part), file.resolveSibling(file.getFileName() + ending + part));
        }
      }
      Backups.forceDirectory(file.toAbsolutePath().getParent());
      LOG.error("the {} is damaged ({}); it is kept as {}", schema.name(), why, file + ending);
      Backups backups = new Backups(file, schema);
      Optional<Path> backup = backups.newestGood();
      if (backup.isPresent()) {
        backups.restore(backup.get());
        LOG.error("the {} goes on from the backup {}", schema.name(), backup.get());
      } else {
        FileModes.createPrivate(file);
        LOG.error("there is no good backup of the {}; it begins anew", schema.name());
      }
    } catch (IOException e) {
      throw cannotPutAside(file, e);
    }
  }

  private String ending() {
    return ".corrupt-" + UTC.format(clock.instant());
  }

  private Path part(String part) {
    return file.resolveSibling(file.getFileName() + part);
  }
}
