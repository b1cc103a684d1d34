package org.longwire.relay.store;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The profile of a connection, applied once and read back: on some file systems SQLite silently
 * stays with another journal (reference: storage-and-reliability.md §2.1).
 */
final class Pragmas {
  /** Other processes only read, so a lock that lasts longer is a fault worth telling. */
  static final int BUSY_TIMEOUT_MS = 5_000;

  /** Versions before may corrupt a WAL file that two connections use (ibid. §0, row 2). */
  private static final List<Integer> OLDEST_SQLITE = List.of(3, 51, 3);

  private static final List<Pragma> WRITER = List.of(
      new Pragma("journal_mode", "WAL", "wal"),
      new Pragma("synchronous", "FULL", "2"),
      new Pragma("busy_timeout", Integer.toString(BUSY_TIMEOUT_MS)),
      new Pragma("foreign_keys", "ON", "1"),
      new Pragma("temp_store", "MEMORY", "2"),
      new Pragma("trusted_schema", "OFF", "0"),
      new Pragma("cell_size_check", "ON", "1"),
      new Pragma("journal_size_limit", "-1"),
      new Pragma("cache_size", "-2000"),
      new Pragma("secure_delete", "FAST", "2"),
      new Pragma("mmap_size", "0"));

  private static final List<Pragma> READER = List.of(
      new Pragma("query_only", "ON", "1"),
      new Pragma("busy_timeout", Integer.toString(BUSY_TIMEOUT_MS)),
      new Pragma("temp_store", "MEMORY", "2"),
      new Pragma("trusted_schema", "OFF", "0"),
      new Pragma("cell_size_check", "ON", "1"),
      new Pragma("cache_size", "-512"),
      new Pragma("mmap_size", "0"));

  private Pragmas() {}

  static void applyToWriter(OpenFile file) throws SQLException, StoreException {
    apply(file, WRITER);
  }

  static void applyToReader(OpenFile file) throws SQLException, StoreException {
    apply(file, READER);
  }

  static void apply(OpenFile file, List<Pragma> pragmas) throws SQLException, StoreException {
    for (Pragma pragma : pragmas) {
      file.execute("PRAGMA " + pragma.name + " = " + pragma.value);
      Optional<String> now = file.ask("PRAGMA " + pragma.name);
      if (now.isPresent() && !now.get().equalsIgnoreCase(pragma.readBack)) {
        throw new StoreException.Unusable(
            "the database does not take %s = %s (it says %s); is its file system a local one?"
                .formatted(pragma.name, pragma.value, now.get()));
      }
    }
  }

  /** Refuses an SQLite that may corrupt our file. */
  static void requireSoundSqlite(OpenFile file) throws SQLException, StoreException {
    String version = file.ask("SELECT sqlite_version()").orElse("0");
    if (isOlder(version)) {
      throw new StoreException.Unusable(
          "SQLite %s is older than 3.51.3 and may damage the file; remove the library that"
                  .formatted(version)
              + " org.sqlite.lib.path points to, or bring it up to date");
    }
  }

  static boolean isOlder(String version) {
    String[] numbers = version.split("\\.");
    for (int i = 0; i < OLDEST_SQLITE.size(); i++) {
      int number = i < numbers.length ? Integer.parseInt(numbers[i]) : 0;
      if (number != OLDEST_SQLITE.get(i)) {
        return number < OLDEST_SQLITE.get(i);
      }
    }
    return false;
  }

  /** A setting and how SQLite writes it when asked. */
  record Pragma(String name, String value, String readBack) {
    Pragma(String name, String value) {
      this(name, value, value);
    }
  }
}
