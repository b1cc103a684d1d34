package org.longwire.relay.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged file is put aside, never deleted, and the newest good backup goes on. */
class DamagedFileTest {
  private static final Instant NOW = Instant.parse("2025-11-20T09:08:07.006Z");
  private static final String ASIDE = "words.db.corrupt-20251120T090807.006Z";

  @TempDir
  Path directory;

  private Path file;

  @BeforeEach
  void fill() throws Exception {
    file = directory.resolve("words.db");
    try (Database database = open()) {
      for (int i = 0; i < 100; i++) {
        database.submit(Words.adding("word " + i + "x".repeat(100)));
      }
      database.worker().runDue();
    }
  }

  private Database open() throws StoreException {
    return open(Words.FIRST);
  }

  private Database open(Schema schema) throws StoreException {
    return open(schema, Profile.LEDGER);
  }

  private Database open(Schema schema, Profile profile) throws StoreException {
    return Database.open(
        file,
        Options.ledger()
            .withSchema(schema)
            .withProfile(profile)
            .withClock(InstantSource.fixed(NOW))
            .withRecovering(true));
  }

  private static void add(Database database, String word) throws Exception {
    database.submit(Words.adding(word));
    database.worker().runDue();
  }

  private static long count(Database database) throws StoreException {
    return database.read(
        tx -> tx.first("SELECT count(*) FROM word", r -> r.getLong(1)).orElseThrow());
  }

  private void backUp(String name) throws Exception {
    Path copy = directory.resolve(Backups.FOLDER).resolve(name);
    Files.createDirectories(copy.getParent());
    try (OpenFile open = OpenFile.connect(file, false)) {
      Backups.write(open, copy);
    }
  }

  private byte[] spoil(Path what, int from, int to) throws IOException {
    byte[] bytes = Files.readAllBytes(what);
    Arrays.fill(bytes, from, Math.min(to, bytes.length), (byte) 0xA5);
    Files.write(what, bytes);
    return bytes;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aDamagedHeadIsPutAsideAndTheFileBegunAnew() throws Exception {
    byte[] damaged = spoil(file, 0, 100);
    try (Database database = open()) {
      assertEquals(0, count(database));
      add(database, "new");
      assertEquals(1, count(database));
    }
    assertArrayEquals(damaged, Files.readAllBytes(directory.resolve(ASIDE)));
  }

  @Test
  void theNewestGoodBackupTakesItsPlace() throws Exception {
    backUp("words.db.2025-11-18");
    try (Database database = open()) {
      add(database, "a later word");
    }
    backUp("words.db.2025-11-19");
    backUp("words.db.2025-11-20");
    Path newest = directory.resolve("backups/words.db.2025-11-20");
    spoil(newest, 4_096, Integer.MAX_VALUE);
    Path older = directory.resolve("backups/words.db.2025-11-18");
    Files.setLastModifiedTime(older, FileTime.from(NOW));
    spoil(file, 0, 100);
    try (Database database = open()) {
      assertEquals(101, count(database));
    }
    assertTrue(names().contains(ASIDE));
    assertTrue(Files.exists(newest), "a backup is never removed");
  }

  @Test
  void theCopyMadeBeforeAMigrationIsABackupAndIsMigratedAgain() throws Exception {
    open(Words.SECOND).close();
    spoil(file, 0, 100);
    try (Database database = open(Words.SECOND)) {
      assertEquals(100, count(database));
    }
  }

  /** A journal whose head is empty has nothing to roll back, and yet nobody has closed the file. */
  @Test
  void withoutALogTheJournalTellsOfAnUncleanEnd() throws Exception {
    Profile journalled = Profile.LEDGER.withWriteAheadLog(false);
    open(Words.FIRST, journalled).close();
    spoil(file, 8_192, Integer.MAX_VALUE);
    Files.write(directory.resolve("words.db-journal"), new byte[512]);
    try (Database database = open(Words.FIRST, journalled)) {
      assertEquals(0, count(database));
    }
    assertTrue(names().contains(ASIDE), () -> "beside " + directory);
  }

  @Test
  void aDamagedPageFoundAfterAnUncleanEndIsPutAside() throws Exception {
    backUp("words.db.1");
    Path killed = directory.resolve("killed/words.db");
    try (Database database = open()) {
      add(database, "in the log");
      CrashImages.copy(file, killed.getParent());
    }
    Files.copy(directory.resolve("backups"), killed.resolveSibling("backups"));
    Files.copy(
        directory.resolve("backups/words.db.1"), killed.resolveSibling("backups/words.db.1"));
    file = killed;
    spoil(file, 8_192, Integer.MAX_VALUE);
    try (Database database = open()) {
      assertEquals(100, count(database));
    }
    assertTrue(Files.exists(killed.resolveSibling(ASIDE)));
  }

  @Test
  void aDamagedPageMetWhileRunningIsPutAsideBeforeTheNextWrite() throws Exception {
    backUp("words.db.1");
    spoil(file, 8_192, Integer.MAX_VALUE);
    try (Database database = open()) {
      assertThrows(
          StoreException.Unusable.class,
          () -> database.read(tx -> tx.list("SELECT text FROM word", r -> r.getString(1))));
      add(database, "the next");
      assertEquals(101, count(database), "the readers see the file that took its place");
    }
    assertTrue(names().contains(ASIDE));
  }

  @Test
  void aLogWithADamagedHeadIsKeptAndTheFileIsAsItWasBefore() throws Exception {
    Path killed = directory.resolve("killed/words.db");
    try (Database database = open()) {
      add(database, "in the log");
      CrashImages.copy(file, killed.getParent());
    }
    file = killed;
    Path log = killed.resolveSibling("words.db-wal");
    byte[] damaged = spoil(log, 0, 32);
    try (Database database = open()) {
      assertEquals(100, count(database));
    }
    Path kept = killed.resolveSibling("words.db-wal" + ASIDE.substring("words.db".length()));
    assertArrayEquals(damaged, Files.readAllBytes(kept));
  }

  @Test
  void aSoundLogOfAKilledProcessIsUsed() throws Exception {
    Path killed = directory.resolve("killed/words.db");
    try (Database database = open()) {
      add(database, "in the log");
      CrashImages.copy(file, killed.getParent());
    }
    file = killed;
    try (Database database = open()) {
      assertEquals(101, count(database));
    }
  }

  @Test
  void aTextFileUnderAMistakenPathIsLeftWhereItIs() throws Exception {
    Files.delete(file);
    Files.writeString(file, "Dear diary, ".repeat(1_000));
    assertThrows(StoreException.Unusable.class, this::open);
    assertEquals(List.of("words.db"), names());
  }

  @Test
  void withoutLeaveToRecoverADamagedFileIsRefused() throws Exception {
    spoil(file, 0, 100);
    assertThrows(StoreException.Unusable.class, () -> new Words(file).close());
    assertEquals(List.of("words.db"), names());
  }

  /** A file with a log that its process did not fold in, as the ledger is opened. */
  private Path killed() throws Exception {
    Path killed = directory.resolve("killed/words.db");
    try (Database database = open()) {
      add(database, "in the log");
      CrashImages.copy(file, killed.getParent());
    }
    return killed;
  }

  @Test
  void withoutLeaveToRecoverADamagedPageIsMetAfterAnUncleanEndAndRefused() throws Exception {
    file = killed();
    byte[] damaged = spoil(file, 8_192, Integer.MAX_VALUE);
    StoreException refusal =
        assertThrows(StoreException.Unusable.class, () -> new Words(file).close());
    assertTrue(refusal.getMessage().contains("longwire db restore"), refusal.getMessage());
    assertArrayEquals(damaged, Files.readAllBytes(file));
  }

  @Test
  void withoutLeaveToRecoverALogWithADamagedHeadIsRefusedAndLeft() throws Exception {
    file = killed();
    Path log = file.resolveSibling("words.db-wal");
    byte[] damaged = spoil(log, 0, 32);
    assertThrows(StoreException.Unusable.class, () -> new Words(file).close());
    assertArrayEquals(damaged, Files.readAllBytes(log));
  }

  /** After a power cut a file may have grown, and what was written to it not be there. */
  @Test
  void aLogThatWasNeverWrittenIsNoDamage() throws Exception {
    file = killed();
    Files.write(file.resolveSibling("words.db-wal"), new byte[4_096]);
    try (Words words = new Words(file)) {
      assertEquals(100, words.all().size());
    }
  }
}
