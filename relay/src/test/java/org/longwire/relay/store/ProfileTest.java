package org.longwire.relay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a file is kept, and what is the same however it is kept. */
class ProfileTest {
  @TempDir
  Path directory;

  private Database open(Path file, Profile profile) throws StoreException {
    return Database.open(
        file, Options.store().withSchema(Words.FIRST).withProfile(profile).withReaders(3));
  }

  private Database open(Profile profile) throws StoreException {
    return open(directory.resolve("words.db"), profile);
  }

  private static String ask(Database database, String pragma) throws Exception {
    database.unattended();
    return database.write(
        tx -> tx.first("PRAGMA " + pragma, r -> r.getString(1)).orElseThrow());
  }

  /** Writes and reads as every database must. */
  private static void works(Database database) throws Exception {
    database.unattended();
    database.write(Words.adding("one"));
    database.submitBulk(Words.adding("two"), 10);
    database.flush();
    Work<List<String>> all =
        tx -> tx.list("SELECT text FROM word ORDER BY id", r -> r.getString(1));
    assertEquals(List.of("one", "two"), database.read(all));
    assertEquals(List.of("one", "two"), database.read(all, Duration.ofSeconds(10)));
    assertThrows(StoreException.ReadOnly.class, () -> database.read(Words.adding("no")));
    assertEquals(1, database.write(Words.adding("three")));
    assertEquals(3, database.read(all).size());
  }

  @Test
  void theStoreMayLoseItsLatestCommitsToAPowerCut() throws Exception {
    try (Database database = open(Profile.STORE)) {
      assertEquals("1", ask(database, "synchronous"));
      assertEquals("wal", ask(database, "journal_mode"));
      works(database);
    }
  }

  @Test
  void withoutTheWriteAheadLogThereIsAJournal() throws Exception {
    try (Database database = open(Profile.STORE.withWriteAheadLog(false))) {
      assertEquals("truncate", ask(database, "journal_mode"));
      works(database);
      assertFalse(Files.exists(directory.resolve("words.db-wal")));
    }
  }

  @Test
  void theJournalMayBeChangedAtAnyStart() throws Exception {
    open(Profile.STORE).close();
    try (Database database = open(Profile.STORE.withWriteAheadLog(false))) {
      works(database);
    }
    try (Database database = open(Profile.STORE)) {
      assertEquals("wal", ask(database, "journal_mode"));
    }
  }

  @Test
  void anExclusiveFileNeedsNoSharedMemoryAndNobodyElseOpensIt() throws Exception {
    try (Database database = open(Profile.LEDGER.alone())) {
      works(database);
      assertEquals("wal", ask(database, "journal_mode"));
      assertFalse(Files.exists(directory.resolve("words.db-shm")));
      try (OpenFile other = OpenFile.connect(directory.resolve("words.db"), true)) {
        other.execute("PRAGMA busy_timeout = 0");
        assertThrows(java.sql.SQLException.class, () -> other.ask("SELECT count(*) FROM word"));
      }
    }
  }

  @Test
  void aFileOfAnEarlierSharedLifeBecomesExclusive() throws Exception {
    open(Profile.LEDGER).close();
    try (Database database = open(Profile.LEDGER.alone())) {
      works(database);
      assertFalse(Files.exists(directory.resolve("words.db-shm")));
    }
  }

  @Test
  void aDatabaseInMemoryLeavesNothingBehind() throws Exception {
    // A fault put in for a try takes the name for that of a file.
    Files.deleteIfExists(Path.of(":memory:"));
    try (Database database = open(Database.MEMORY, Profile.STORE)) {
      works(database);
    }
    try (Database database = open(Database.MEMORY, Profile.STORE)) {
      works(database);
    }
    assertFalse(Files.exists(Path.of(":memory:")));
  }

  @Test
  void theBusyTimeoutIsThatOfTheProfile() throws Exception {
    try (Database database = open(Profile.STORE.withBusyTimeout(Duration.ofMillis(1_234)))) {
      assertEquals("1234", ask(database, "busy_timeout"));
    }
  }
}
