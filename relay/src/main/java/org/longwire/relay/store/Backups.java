package org.longwire.relay.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The copies of a file: those made beside it before each migration, and whatever lies in the folder
 * {@code backups} beside it under the file's name with an ending ({@code store.db.2025-11-20}).
 */
final class Backups {
  /** The folder beside the file. */
  static final String FOLDER = "backups";

  private static final String HALF = ".half";
  private static final String BEFORE = ".before-schema-";
  private static final List<String> NO_COPIES = List.of("-wal", "-shm", "-journal", HALF);
  private static final Logger LOG = LoggerFactory.getLogger(Backups.class);

  private final Path file;
  private final Schema schema;

  Backups(Path file, Schema schema) {
    this.file = file;
    this.schema = schema;
  }

  /** A copy of an earlier attempt is replaced: the file is still what it was. */
  void beforeMigration(OpenFile open, int version) throws SQLException, StoreException {
    write(open, file.resolveSibling(file.getFileName() + BEFORE + version));
  }

  /**
   * Copies all that is committed; safe while the file is in use. The copy gets its name when it is
   * whole and durable: a full disk leaves no half of one, and costs no earlier one.
   */
  static void write(OpenFile open, Path copy) throws SQLException, StoreException {
    Path half = half(copy);
    try {
      try {
        Files.deleteIfExists(half);
        FileModes.createPrivate(half);
        open.execute("VACUUM INTO '" + half.toAbsolutePath().toString().replace("'", "''") + "'");
        force(half);
        Files.move(half, copy, StandardCopyOption.ATOMIC_MOVE);
        forceDirectory(copy.toAbsolutePath().getParent());
      } finally {
        Files.deleteIfExists(half);
      }
    } catch (IOException e) {
      throw new StoreException.Transient(
          "the backup %s cannot be made (%s): is there room, and may this user write there?"
              .formatted(copy, e),
          e);
    }
  }

  /** What a copy is called until it is whole. */
  static Path half(Path copy) {
    return copy.resolveSibling(copy.getFileName() + HALF);
  }

  /** The newest copy that is whole and of a schema that this program can bring up to date. */
  Optional<Path> newestGood() {
    return all().stream().filter(this::isGood).findFirst();
  }

  /** Puts a copy of a backup in the place of the file, which must be gone. */
  void restore(Path backup) throws IOException {
    Path half = file.resolveSibling(file.getFileName() + ".restoring");
    Files.deleteIfExists(half);
    FileModes.createPrivate(half);
    try (OutputStream out = Files.newOutputStream(half)) {
      Files.copy(backup, out);
    }
    force(half);
    Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    forceDirectory(file.toAbsolutePath().getParent());
  }

  List<Path> all() {
    Path directory = file.toAbsolutePath().getParent();
    String name = file.getFileName().toString();
    List<Path> found = new ArrayList<>(named(directory, name + BEFORE));
    found.addAll(named(directory.resolve(FOLDER), name + "."));
    found.sort(Comparator.comparing(Backups::time).reversed());
    return found;
  }

  private static List<Path> named(Path directory, String start) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(f -> f.getFileName().toString().startsWith(start))
          .filter(f -> NO_COPIES.stream().noneMatch(f.toString()::endsWith))
          .filter(Files::isRegularFile)
          .toList();
    } catch (IOException e) {
      LOG.warn("cannot look for backups in {}: {}", directory, e.toString());
      return List.of();
    }
  }

  private static FileTime time(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }

  boolean isGood(Path backup) {
    try (OpenFile open = OpenFile.connectImmutable(backup)) {
      boolean whole = open.ask("PRAGMA quick_check(1)").orElse("").equals("ok");
      return whole && new Migrator(backup, schema).examine(open) > 0;
    } catch (SQLException | StoreException e) {
      LOG.warn("the backup {} is of no use: {}", backup, e.getMessage());
      return false;
    }
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** A name is durable only when its directory is. */
  static void forceDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
