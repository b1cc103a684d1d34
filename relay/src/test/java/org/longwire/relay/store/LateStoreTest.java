package org.longwire.relay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores that cannot be opened when the relay starts. */
class LateStoreTest {
  @TempDir
  Path directory;

  private final List<String> failures = new ArrayList<>();
  private int commits;
  private int replaced;

  private Database later(Path file) throws StoreException {
    return Database.openOrLater(
        file,
        Options.store()
            .withSchema(Words.FIRST)
            .withNanoTime(() -> 0)
            .withRecovering(true)
            .withObserver(new CommitObserver() {
              @Override
              public void beforeCommit() {}

              @Override
              public void afterCommit() {
                commits++;
              }

              @Override
              public void failed(StoreException why) {
                failures.add(why.getMessage());
              }

              @Override
              public void replaced() {
                replaced++;
              }
            }));
  }

  private static List<String> all(Database database) throws StoreException {
    return database.read(tx -> tx.list("SELECT text FROM word", row -> row.getString(1)));
  }

  @Test
  void aFolderThatIsMissingIsNotMadeAndWaitedFor() throws Exception {
    Path file = directory.resolve("disk/store.db");
    try (Database database = later(file)) {
      assertEquals(1, failures.size());
      CompletableFuture<Integer> early = database.submit(Words.adding("early"));
      database.worker().runDue();
      assertTrue(early.isCompletedExceptionally());
      assertThrows(StoreException.class, () -> all(database));
      assertFalse(Files.exists(file.getParent()));
      Files.createDirectory(file.getParent());
      database.submit(Words.adding("there"));
      database.worker().runDue();
      assertEquals(List.of("there"), all(database));
      assertEquals(2, failures.size(), failures::toString);
      assertTrue(failures.get(0).contains("is its disk there"), failures.get(0));
      assertEquals(1, commits);
    }
  }

  @Test
  void whatIsInTheWayOfTheFileIsWaitedFor() throws Exception {
    Path file = Files.createDirectory(directory.resolve("store.db"));
    try (Database database = later(file)) {
      assertEquals(1, failures.size());
      Files.delete(file);
      database.submit(Words.adding("there"));
      database.worker().runDue();
      assertEquals(List.of("there"), all(database));
    }
  }

  @Test
  void aLogThatCannotBeReadIsWaitedForAndNotCalledDamaged() throws Exception {
    Path file = directory.resolve("store.db");
    Path log = Files.createDirectory(directory.resolve("store.db-wal"));
    Path inside = Files.createFile(log.resolve("which makes it hold something"));
    try (Database database = later(file)) {
      assertEquals(1, failures.size());
      assertTrue(failures.get(0).startsWith(log + " cannot be read ("), failures.get(0));
      Files.delete(inside);
      Files.delete(log);
      database.submit(Words.adding("there"));
      database.worker().runDue();
      assertEquals(List.of("there"), all(database));
      assertEquals(0, replaced);
    }
  }

  @Test
  void whatWaitingDoesNotHelpIsRefusedAtOnce() throws Exception {
    Path file = Files.writeString(directory.resolve("store.db"), "Dear diary, ");
    assertThrows(StoreException.Unusable.class, () -> later(file));
  }

  @Test
  void aDamagedFileThatIsReplacedIsTold() throws Exception {
    Path file = directory.resolve("store.db");
    later(file).close();
    Files.write(file, new byte[] {1, 2, 3, 4}, java.nio.file.StandardOpenOption.WRITE);
    later(file).close();
    assertEquals(1, replaced);
  }
}
