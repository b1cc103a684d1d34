package org.longwire.relay.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The profile of a connection, applied once and read back: on some file systems SQLite silently
 * stays with another journal (reference: storage-and-reliability.md §2.1).
 */
final class Pragmas {
  /** Versions before may corrupt a WAL file that two connections use (ibid. §0, row 2). */
  private static final List<Integer> OLDEST_SQLITE = List.of(3, 51, 3);

  /** A reader has nobody to wait for but a checkpoint that resets the log. */
  private static final Duration READER_BUSY_TIMEOUT = Duration.ofSeconds(1);

  private Pragmas() {}

  /** Comes before any other statement, even one that needs no table: the first settles it. */
  static void claim(OpenFile file, Profile profile) throws SQLException, StoreException {
    if (profile.exclusive()) {
      apply(file, List.of(new Pragma("locking_mode", "EXCLUSIVE")));
    }
  }

  static void applyToWriter(OpenFile file, Profile profile) throws SQLException, StoreException {
    String journal = profile.writeAheadLog() ? "WAL" : "TRUNCATE";
    List<Pragma> pragmas = new ArrayList<>();
    pragmas.add(new Pragma("journal_mode", journal, file.inMemory() ? "memory" : journal));
    pragmas.add(
        profile.durable()
            ? new Pragma("synchronous", "FULL", "2")
            : new Pragma("synchronous", "NORMAL", "1"));
    pragmas.add(new Pragma("foreign_keys", "ON", "1"));
    pragmas.add(new Pragma("journal_size_limit", "-1"));
    pragmas.add(new Pragma("cache_size", "-2000"));
    if (profile.durable()) {
      // What has expired is not to be found in the file by whoever takes the card.
      pragmas.add(new Pragma("secure_delete", "FAST", "2"));
    }
    pragmas.addAll(common(profile.busyTimeout()));
    apply(file, pragmas);
  }

  static void applyToReader(OpenFile file) throws SQLException, StoreException {
    List<Pragma> pragmas = new ArrayList<>();
    pragmas.add(new Pragma("query_only", "ON", "1"));
    pragmas.add(new Pragma("cache_size", "-512"));
    pragmas.addAll(common(READER_BUSY_TIMEOUT));
    apply(file, pragmas);
  }

  private static List<Pragma> common(Duration busyTimeout) {
    return List.of(
        new Pragma("busy_timeout", Long.toString(busyTimeout.toMillis())),
        new Pragma("temp_store", "MEMORY", "2"),
        new Pragma("trusted_schema", "OFF", "0"),
        new Pragma("cell_size_check", "ON", "1"),
        new Pragma("mmap_size", "0"));
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
