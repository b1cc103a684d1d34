package org.longwire.relay.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Files as other programs leave them: four states, each in a folder of its own. */
final class ForeignFiles {
  static final String COUNT = "SELECT count(*) FROM word";

  private ForeignFiles() {}

  /** A file with a log, whose owner is still at work, with three rows, one of them in the log. */
  static OpenFile live(Path folder) throws Exception {
    Files.createDirectories(folder);
    OpenFile owner = OpenFile.connect(folder.resolve("store.db"), false);
    owner.execute("PRAGMA journal_mode = WAL");
    create(owner);
    owner.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    add(owner, 3);
    return owner;
  }

  static void add(OpenFile owner, int number) throws Exception {
    owner.update("INSERT INTO word(text) VALUES (?)", "word " + number);
  }

  /** A file with a log that was closed in order, with two rows. */
  static void closed(Path folder) throws Exception {
    Files.createDirectories(folder);
    try (OpenFile owner = OpenFile.connect(folder.resolve("store.db"), false)) {
      owner.execute("PRAGMA journal_mode = WAL");
      create(owner);
    }
  }

  /** A file without a log, with two rows. */
  static void journalled(Path folder) throws Exception {
    Files.createDirectories(folder);
    try (OpenFile owner = OpenFile.connect(folder.resolve("store.db"), false)) {
      create(owner);
    }
  }

  /** A file whose owner has died and left a log, with three rows. */
  static void orphaned(Path folder) throws Exception {
    Path elsewhere = Files.createTempDirectory(folder.getParent(), "owner");
    try (OpenFile owner = live(elsewhere)) {
      add(owner, 4);
      owner.update("DELETE FROM word WHERE text = 'word 4'");
      CrashImages.copy(elsewhere.resolve("store.db"), folder);
    }
  }

  /** Nobody but its owner may write here; everybody may look. */
  static void protect(Path folder) throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      }
    }
  }

  private static void create(OpenFile owner) throws Exception {
    for (String statement : List.of(
        "CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT",
        "PRAGMA application_id = " + Words.FIRST.applicationId(),
        "PRAGMA user_version = 1")) {
      owner.execute(statement);
    }
    add(owner, 1);
    add(owner, 2);
  }
}
