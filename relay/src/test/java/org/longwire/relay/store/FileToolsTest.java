package org.longwire.relay.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a person does with a file of ours while no daemon has it open, and looking while one has.
 */
class FileToolsTest {
  private static final Instant NOW = Instant.parse("2025-11-20T09:08:07Z");
  private static final FileTools.Progress UNSEEN = share -> {};

  @TempDir
  Path directory;

  private Path file;
  private FileTools tools;

  @BeforeEach
  void fill() throws Exception {
    file = directory.resolve("words.db");
    tools = new FileTools(file, Words.FIRST);
    try (Words words = new Words(file)) {
      words.write(Words.adding("hut"));
      words.write(Words.adding("ridge"));
    }
  }

  private List<String> all() throws StoreException {
    try (Words words = new Words(file)) {
      return words.all();
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  private void fillWith(int words) throws Exception {
    try (Words many = new Words(file)) {
      many.write(tx -> {
        for (int i = 0; i < words; i++) {
          Words.adding("word " + i + "x".repeat(200)).run(tx);
        }
        return words;
      });
    }
  }

  @Test
  void factsAreSeenWhileTheFileIsWritten() throws Exception {
    try (Words words = new Words(file)) {
      words.write(Words.adding("summit"));
      FileTools.Facts facts = tools.facts();
      assertEquals(1, facts.version());
      assertEquals(1, facts.newest());
      assertEquals(Files.size(file), facts.bytes());
      assertEquals(Files.size(directory.resolve("words.db-wal")), facts.logBytes());
      assertTrue(facts.logBytes() > 0);
      assertEquals(0, facts.freeBytes());
      assertEquals(Map.of("word", 3L), facts.rows());
    }
  }

  @Test
  void aClosedFileIsLookedAtAndNothingLeftBesideIt() throws Exception {
    tools.facts();
    assertEquals(List.of(), tools.check(false, UNSEEN));
    assertEquals(List.of("words.db"), names());
    tools.backup(tools.backupPath(NOW), UNSEEN);
    assertEquals(List.of("backups", "words.db"), names());
  }

  @Test
  void whatRootMakesBelongsToTheOwnerOfTheFolder() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can make for others");
    Files.setAttribute(directory, "unix:uid", 65_534);
    Files.setAttribute(directory, "unix:gid", 65_534);
    Path copy = tools.backupPath(NOW);
    tools.backup(copy, UNSEEN);
    tools.restore(copy, NOW);
    for (Path made : List.of(copy.getParent(), copy, file)) {
      assertEquals(65_534, Files.getAttribute(made, "unix:uid"), made::toString);
      assertEquals(65_534, Files.getAttribute(made, "unix:gid"), made::toString);
    }
  }

  @Test
  void aFileThatIsNotThereIsNamed() throws Exception {
    assertTrue(tools.exists());
    tools.delete();
    assertFalse(tools.exists());
    StoreException failure = assertThrows(StoreException.Unusable.class, tools::facts);
    assertTrue(failure.getMessage().contains("no word list at " + file), failure.getMessage());
    assertThrows(StoreException.Unusable.class, () -> tools.compact(UNSEEN));
    assertThrows(StoreException.Unusable.class, tools::migrate);
  }

  @Test
  void aDirectoryOfThatNameIsNoFile() throws Exception {
    tools.delete();
    Files.createDirectory(file);
    assertThrows(StoreException.Unusable.class, tools::facts);
  }

  @Test
  void somebodyElsesFileIsLeftAlone() {
    FileTools others = new FileTools(file, Schema.STORE);
    assertThrows(StoreException.Unusable.class, others::facts);
    assertThrows(StoreException.Unusable.class, () -> others.check(true, UNSEEN));
    assertThrows(
        StoreException.Unusable.class, () -> others.backup(directory.resolve("copy"), UNSEEN));
    assertThrows(StoreException.Unusable.class, others::migrate);
    assertThrows(StoreException.Unusable.class, () -> others.compact(UNSEEN));
    assertFalse(Files.exists(directory.resolve("copy")));
  }

  @Test
  void aSoundFileHasNoDefectAndADamagedOneHasSome() throws Exception {
    fillWith(500);
    assertEquals(List.of(), tools.check(true, UNSEEN));
    assertEquals(List.of(), tools.check(false, UNSEEN));
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 8_192, 12_288, (byte) 0xA5);
    Files.write(file, bytes);
    assertFalse(tools.check(true, UNSEEN).isEmpty());
    assertFalse(tools.check(false, UNSEEN).isEmpty());
  }

  @Test
  void anIndexOfOtherRowsIsFoundByTheLongCheckAlone() throws Exception {
    try (OpenFile open = OpenFile.connect(file, false)) {
      open.execute("CREATE INDEX by_text ON word(text)");
      open.execute("PRAGMA writable_schema = ON");
      open.execute("CREATE TABLE spare(text TEXT)");
      open.execute("CREATE INDEX by_spare ON spare(text)");
      open.execute("INSERT INTO spare VALUES ('valley'), ('pass')");
      open.execute("UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master"
          + " WHERE name = 'by_spare') WHERE name = 'by_text'");
      open.execute("DELETE FROM sqlite_master WHERE name = 'by_spare'");
    }
    assertTrue(tools.check(false, UNSEEN).stream().anyMatch(defect -> defect.contains("by_text")));
    assertFalse(tools.check(true, UNSEEN).stream().anyMatch(defect -> defect.contains("by_text")));
  }

  @Test
  void longWorkGivesSigns() throws Exception {
    fillWith(5_000);
    List<Optional<Double>> shares = new ArrayList<>();
    tools.check(false, shares::add);
    assertFalse(shares.isEmpty());
    shares.clear();
    tools.compact(shares::add);
    assertFalse(shares.isEmpty());
    shares.clear();
    tools.backup(directory.resolve("copy"), shares::add);
    assertTrue(shares.stream().allMatch(s -> s.orElseThrow() >= 0 && s.orElseThrow() <= 1));
    assertFalse(shares.isEmpty());
  }

  @Test
  void aBackupTakesWhatIsOnlyInTheLogAndIsFoundByRecovery() throws Exception {
    Path copy = tools.backupPath(NOW);
    assertEquals(directory.resolve("backups/words.db.20251120T090807Z"), copy);
    try (Words words = new Words(file)) {
      words.write(Words.adding("summit"));
      tools.backup(copy, UNSEEN);
    }
    assertEquals(List.of(copy), tools.backups());
    assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(copy));
    try (Words words = new Words(copy)) {
      assertEquals(List.of("hut", "ridge", "summit"), words.all());
    }
  }

  @Test
  void backupsAreListedTheNewestFirst() throws Exception {
    Path first = tools.backupPath(NOW);
    Path second = tools.backupPath(NOW.plusSeconds(1));
    tools.backup(first, UNSEEN);
    tools.backup(second, UNSEEN);
    Files.setLastModifiedTime(second, FileTime.from(NOW));
    Files.setLastModifiedTime(first, FileTime.from(NOW.plusSeconds(60)));
    Files.createFile(first.resolveSibling("other.db.1"));
    assertEquals(List.of(first, second), tools.backups());
  }

  @Test
  void restoringKeepsWhatWasThere() throws Exception {
    Path copy = tools.backupPath(NOW);
    tools.backup(copy, UNSEEN);
    fillWith(10);
    byte[] replaced = Files.readAllBytes(file);
    Files.writeString(directory.resolve("words.db-journal"), "the last page");
    Files.writeString(directory.resolve("words.db-wal"), "");
    Files.writeString(directory.resolve("words.db-shm"), "locks of nobody");
    assertEquals(
        Optional.of(directory.resolve("words.db.replaced-20251120T090807Z")),
        tools.restore(copy, NOW));
    assertEquals(
        List.of(
            "backups",
            "words.db",
            "words.db.replaced-20251120T090807Z",
            "words.db.replaced-20251120T090807Z-journal"),
        names());
    assertArrayEquals(
        replaced, Files.readAllBytes(directory.resolve("words.db.replaced-20251120T090807Z")));
    assertEquals(List.of("hut", "ridge"), all());
    tools.delete();
    assertEquals(Optional.empty(), tools.restore(copy, NOW), "nothing was there");
    assertEquals(List.of("hut", "ridge"), all());
  }

  @Test
  void aBackupThatIsNoGoodChangesNothing() throws Exception {
    Path bad = directory.resolve("bad");
    Files.writeString(bad, "Dear diary");
    assertThrows(StoreException.Unusable.class, () -> tools.restore(bad, NOW));
    Path none = directory.resolve("none");
    StoreException missing =
        assertThrows(StoreException.Unusable.class, () -> tools.restore(none, NOW));
    assertTrue(missing.getMessage().contains("no backup at"), missing.getMessage());
    assertEquals(List.of("bad", "words.db"), names());
    assertEquals(List.of("hut", "ridge"), all());
  }

  @Test
  void migratingTellsTheVersionThereWasAndKeepsACopy() throws Exception {
    FileTools newer = new FileTools(file, Words.SECOND);
    assertThrows(StoreException.Unusable.class, () -> newer.compact(UNSEEN));
    assertEquals(1, newer.migrate());
    assertEquals(2, newer.facts().version());
    assertEquals(List.of(directory.resolve("words.db.before-schema-2")), newer.backups());
    assertEquals(2, newer.migrate());
    assertThrows(StoreException.Unusable.class, tools::facts, "made by a newer program");
  }

  @Test
  void compactingGivesBackWhatIsFree() throws Exception {
    fillWith(2_000);
    try (Words words = new Words(file)) {
      words.write(tx -> tx.update("DELETE FROM word WHERE text LIKE 'word %'"));
    }
    FileTools.Facts before = tools.facts();
    assertTrue(before.freeBytes() > 100_000, () -> before.toString());
    tools.compact(UNSEEN);
    FileTools.Facts after = tools.facts();
    assertEquals(0, after.freeBytes());
    assertEquals(0, after.logBytes());
    assertTrue(after.bytes() < before.bytes() - 100_000);
    assertEquals(List.of("hut", "ridge"), all());
  }

  @Test
  void deletingLeavesTheBackups() throws Exception {
    Path copy = tools.backupPath(NOW);
    tools.backup(copy, UNSEEN);
    Files.writeString(directory.resolve("words.db-wal"), "");
    tools.delete();
    assertEquals(List.of("backups"), names());
    assertEquals(List.of(copy), tools.backups());
  }

  @Test
  void whatCannotBeDeletedIsSaid() throws Exception {
    tools.delete();
    Files.createDirectory(file);
    Files.createFile(file.resolve("in the way"));
    assertThrows(StoreException.ReadOnly.class, tools::delete);
  }
}
