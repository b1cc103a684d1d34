package org.longwire.relay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseOpeningTest {
  @TempDir
  Path directory;

  private Path file;

  @BeforeEach
  void choose() {
    file = directory.resolve("state/words.db");
  }

  private static String refusal(Path file, Schema schema) {
    return assertThrows(StoreException.Unusable.class, () -> new Words(file, schema).close())
        .getMessage();
  }

  private static void change(Path file, String pragma) throws Exception {
    try (OpenFile open = OpenFile.connect(file, false)) {
      open.execute(pragma);
    }
  }

  @Test
  void theWriterHasTheProfileOfALedger() throws Exception {
    Map<String, String> profile = Map.of(
        "journal_mode", "wal",
        "synchronous", "2",
        "foreign_keys", "1",
        "busy_timeout", "5000",
        "temp_store", "2",
        "trusted_schema", "0",
        "cell_size_check", "1",
        "journal_size_limit", "-1",
        "page_size", "4096",
        "application_id", Integer.toString(Words.FIRST.applicationId()));
    try (Words words = new Words(file)) {
      for (Map.Entry<String, String> setting : profile.entrySet()) {
        String pragma = "PRAGMA " + setting.getKey();
        assertEquals(
            Optional.of(setting.getValue()),
            words.write(tx -> tx.first(pragma, row -> row.getString(1))),
            pragma);
      }
      assertEquals(
          Optional.of("1"),
          words.write(tx -> tx.first("PRAGMA user_version", row -> row.getString(1))));
    }
  }

  @Test
  void aSettingThatDoesNotTakeIsRefused() throws Exception {
    new Words(file).close();
    try (OpenFile open = OpenFile.connect(file, false)) {
      // A page size that is no power of two is silently ignored by SQLite.
      assertThrows(
          StoreException.Unusable.class,
          () -> Pragmas.apply(open, List.of(new Pragmas.Pragma("page_size", "1000"))));
    }
  }

  @Test
  void readersCannotWrite() throws Exception {
    try (Words words = new Words(file)) {
      assertThrows(StoreException.ReadOnly.class, () -> words.database.read(Words.adding("no")));
      assertEquals(List.of(), words.all());
    }
  }

  @Test
  void onlyTheOwnerSeesTheFile() throws Exception {
    try (Words words = new Words(file)) {
      words.write(Words.adding("private"));
      for (String name : List.of("words.db", "words.db-wal", "words.db-shm")) {
        assertEquals(
            "rw-------",
            PosixFilePermissions.toString(Files.getPosixFilePermissions(file.resolveSibling(name))),
            name);
      }
      assertEquals(
          "rwx------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())));
    }
  }

  @Test
  void whatWasWrittenIsThereAfterReopening() throws Exception {
    try (Words words = new Words(file)) {
      words.write(Words.adding("kept"));
    }
    assertFalse(Files.exists(file.resolveSibling("words.db-wal")), "the log is folded in");
    try (Words words = new Words(file)) {
      assertEquals(List.of("kept"), words.all());
    }
  }

  @Test
  void anEmptyFileOfAnEarlierCrashIsTakenOver() throws Exception {
    Files.createDirectories(file.getParent());
    Files.createFile(file);
    try (Words words = new Words(file)) {
      words.write(Words.adding("fine"));
    }
  }

  @Test
  void aFileOfAnotherProgramIsRefusedAndLeftAlone() throws Exception {
    Files.createDirectories(file.getParent());
    change(file, "CREATE TABLE theirs (x)");
    byte[] before = Files.readAllBytes(file);
    assertTrue(refusal(file, Words.FIRST).contains("not a Longwire word list"));
    assertEquals(
        List.of(before.length, java.util.Arrays.hashCode(before)),
        List.of(
            Files.readAllBytes(file).length, java.util.Arrays.hashCode(Files.readAllBytes(file))));
  }

  @Test
  void aFileThatIsNoDatabaseIsRefused() throws Exception {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "Dear diary, ".repeat(1_000));
    assertTrue(refusal(file, Words.FIRST).contains(file + " is damaged"));
  }

  @Test
  void aFileOfANewerProgramIsRefused() throws Exception {
    new Words(file, Words.SECOND).close();
    assertTrue(refusal(file, Words.FIRST).contains("made by a newer Longwire"));
  }

  @Test
  void anOlderFileIsMigratedAfterABackup() throws Exception {
    try (Words words = new Words(file, Words.FIRST)) {
      words.write(Words.adding("four"));
    }
    try (Words words = new Words(file, Words.SECOND)) {
      assertEquals(
          List.of(4),
          words.database.read(tx -> tx.list("SELECT length FROM word", row -> row.getInt(1))));
    }
    try (Words old = new Words(directory.resolve("state/words.db.before-schema-2"))) {
      assertEquals(List.of("four"), old.all());
    }
  }

  @Test
  void aMigrationThatFailsChangesNothing() throws Exception {
    try (Words words = new Words(file, Words.FIRST)) {
      words.write(Words.adding("four"));
    }
    assertThrows(StoreException.class, () -> new Words(file, Words.BROKEN).close());
    try (Words words = new Words(file, Words.FIRST)) {
      assertEquals(List.of("four"), words.all());
    }
    new Words(file, Words.SECOND).close();
  }

  @Test
  void aReaderOfAnotherProcessSaysWhatIsMissing() throws Exception {
    assertTrue(
        assertThrows(StoreException.Unusable.class, () -> DatabaseReader.open(file, Words.FIRST))
            .getMessage()
            .contains("has the relay run yet?"));
    new Words(file, Words.FIRST).close();
    assertThrows(StoreException.Unusable.class, () -> DatabaseReader.open(file, Words.SECOND));
  }

  @Test
  void versionsOfSqliteThatMayDamageTheFileAreOlder() {
    assertTrue(Pragmas.isOlder("3.51.2"));
    assertTrue(Pragmas.isOlder("3.40.1"));
    assertTrue(Pragmas.isOlder("3.51"));
    assertFalse(Pragmas.isOlder("3.51.3"));
    assertFalse(Pragmas.isOlder("3.54.1"));
    assertFalse(Pragmas.isOlder("4.0.0"));
  }

  @Test
  void aGroupThatMayReadGoesOnReadingAndNobodyElse() throws Exception {
    Path file = directory.resolve("words.db");
    new Words(file).close();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxrw-rw-"));
    try (Words words = new Words(file)) {
      words.write(Words.adding("x"));
      for (String name : List.of("words.db", "words.db-wal", "words.db-shm")) {
        assertEquals(
            "rw-r-----",
            PosixFilePermissions.toString(Files.getPosixFilePermissions(file.resolveSibling(name))),
            name);
      }
    }
  }
}
