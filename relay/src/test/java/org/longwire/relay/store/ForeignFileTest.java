package org.longwire.relay.store;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.relay.store.ForeignFile.Way;

/** By what lies there a file is opened in one way or another, and seen to be another one. */
class ForeignFileTest {
  private static final Duration LIMIT = Duration.ofMillis(10);

  @TempDir
  Path directory;

  private Path folder;
  private Path path;
  private Path copy;
  private ForeignFile file;

  @BeforeEach
  void choose() {
    folder = directory.resolve("theirs");
    path = folder.resolve("store.db");
    copy = directory.resolve("cache/theirs.db");
    file = new ForeignFile(path, copy, false);
  }

  private String rows() throws Exception {
    return rows(file);
  }

  private static String rows(ForeignFile of) throws Exception {
    try (OpenFile open = of.open()) {
      return open.ask(ForeignFiles.COUNT).orElseThrow();
    }
  }

  /** Its owner died in the middle of a transaction that had reached the file. */
  private void diedInATransaction() throws Exception {
    Path elsewhere = Files.createDirectories(directory.resolve("owner"));
    ForeignFiles.journalled(elsewhere);
    Files.createDirectories(folder);
    try (OpenFile owner = OpenFile.connect(elsewhere.resolve("store.db"), false)) {
      owner.execute("PRAGMA cache_size = 1");
      owner.execute("BEGIN");
      for (int i = 3; i < 200; i++) {
        owner.update("INSERT INTO word(text) VALUES (?)", "half " + i + "x".repeat(500));
      }
      for (String part : new String[] {"store.db", "store.db-journal"}) {
        Files.copy(
            elsewhere.resolve(part), folder.resolve(part), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  @Test
  void nothingIsKnownOfAFileThatWasNotOpened() throws Exception {
    assertEquals(Optional.empty(), file.way());
    assertFalse(file.hasChanged());
    assertThrows(StoreException.Transient.class, file::open);
    assertThrows(StoreException.Transient.class, () -> file.requireCopiedWithin(LIMIT));
    assertEquals(path, file.path());
  }

  @Test
  void aFileAtWorkIsReadAlongAndGrowsWithoutBeingAnother() throws Exception {
    try (OpenFile owner = ForeignFiles.live(folder)) {
      assertEquals("3", rows());
      assertEquals(Optional.of(Way.LIVE), file.way());
      ForeignFiles.add(owner, 4);
      assertFalse(file.hasChanged());
      assertEquals("4", rows());
      assertFalse(Files.exists(copy));
    }
  }

  @Test
  void aClosedFileIsAnotherWhenItsOwnerHasBeenAtIt() throws Exception {
    ForeignFiles.closed(folder);
    assertEquals("2", rows());
    assertEquals(Optional.of(Way.CLOSED), file.way());
    assertFalse(file.hasChanged());
    try (OpenFile owner = OpenFile.connect(path, false)) {
      ForeignFiles.add(owner, 3);
      assertTrue(file.hasChanged());
    }
    assertTrue(file.hasChanged());
    assertEquals("3", rows());
    assertFalse(file.hasChanged());
    Files.delete(path);
    assertTrue(file.hasChanged());
  }

  @Test
  void anEmptyLogIsNoLog() throws Exception {
    ForeignFiles.closed(folder);
    Files.createFile(folder.resolve("store.db-wal"));
    Files.createFile(folder.resolve("store.db-journal"));
    assertEquals("2", rows());
    assertEquals(Optional.of(Way.CLOSED), file.way());
    assertDoesNotThrow(() -> file.requireCopiedWithin(Duration.ZERO));
  }

  @Test
  void theLogOfADeadOwnerIsPutInOrderInACopyOfOurs() throws Exception {
    ForeignFiles.orphaned(folder);
    assertEquals("3", rows());
    assertEquals(Optional.of(Way.COPIED), file.way());
    assertEquals(
        PosixFilePermissions.fromString("rwx------"),
        Files.getPosixFilePermissions(copy.getParent()));
    assertFalse(Files.getPosixFilePermissions(copy).contains(PosixFilePermission.OTHERS_READ));
    assertFalse(file.hasChanged());
  }

  @Test
  void theJournalOfADeadOwnerIsRolledBackInACopyAndHisFileLeftAlone() throws Exception {
    diedInATransaction();
    long size = Files.size(path);
    assertTrue(Files.size(folder.resolve("store.db-journal")) > 0);
    assertEquals("2", rows());
    assertEquals(Optional.of(Way.COPIED), file.way());
    assertEquals(size, Files.size(path));
    assertTrue(Files.exists(folder.resolve("store.db-journal")));
  }

  @Test
  void anOldCopyLeavesNothingInTheNext() throws Exception {
    ForeignFiles.orphaned(folder);
    assertEquals("3", rows());
    Files.delete(folder.resolve("store.db-wal"));
    ForeignFile network = new ForeignFile(path, copy, true);
    String alone = rows(network);
    assertEquals(Optional.of(Way.COPIED), network.way());
    try (OpenFile same = OpenFile.connectImmutable(path)) {
      assertEquals(same.ask(ForeignFiles.COUNT).orElseThrow(), alone);
    }
  }

  @Test
  void whatIsTooLargeToBeCopiedInTimeIsRefusedAndWhatIsOpenIsNot() throws Exception {
    ForeignFiles.orphaned(folder);
    assertDoesNotThrow(() -> file.requireCopiedWithin(Duration.ofDays(1)));
    try (RandomAccessFile longer = new RandomAccessFile(path.toFile(), "rw")) {
      longer.setLength((LIMIT.toMillis() + 1) * ForeignFile.COPIED_BYTES_PER_MS);
    }
    StoreException refusal =
        assertThrows(StoreException.Transient.class, () -> file.requireCopiedWithin(LIMIT));
    assertTrue(refusal.getMessage().contains("takes too long"), refusal.getMessage());
    Files.delete(folder.resolve("store.db-wal"));
    assertDoesNotThrow(() -> file.requireCopiedWithin(LIMIT), "it need not be copied");
    assertThrows(StoreException.Transient.class, () -> new ForeignFile(path, copy, true)
        .requireCopiedWithin(LIMIT));
  }
}
