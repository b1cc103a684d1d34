package org.longwire.relay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class StorageFailureTest {
  @TempDir
  Path directory;

  private Path file;
  private Words words;

  @BeforeEach
  void open() throws StoreException {
    file = directory.resolve("words.db");
    words = new Words(file);
  }

  @AfterEach
  void close() {
    words.close();
  }

  private void pragma(String pragma) throws Exception {
    words.write(tx -> tx.update("PRAGMA " + pragma));
  }

  @Test
  void aFullDiskIsToldAsSuchAndPasses() throws Exception {
    words.write(Words.adding("before"));
    pragma("max_page_count = 8");
    assertThrows(StoreException.Full.class, () -> words.write(Words.adding("x".repeat(100_000))));
    assertEquals(List.of("before"), words.all());
    pragma("max_page_count = 100000");
    words.write(Words.adding("y".repeat(100_000)));
    assertEquals(2, words.all().size());
  }

  @Test
  void aWriteThatFillsTheDiskLeavesNothingOfItsGroupHalfDone() throws Exception {
    pragma("max_page_count = 8");
    CompletableFuture<Integer> small = words.submit("small");
    CompletableFuture<Integer> large = words.submit("x".repeat(100_000));
    words.commitDue();
    assertInstanceOf(
        StoreException.Full.class,
        assertThrows(ExecutionException.class, large::get).getCause());
    assertEquals(small.isCompletedExceptionally() ? List.of() : List.of("small"), words.all());
  }

  @Test
  void aReadOnlyConnectionIsToldAsSuchAndOpenedAnew() throws Exception {
    pragma("query_only = ON");
    assertThrows(StoreException.ReadOnly.class, () -> words.write(Words.adding("lost")));
    words.write(Words.adding("well"));
    assertEquals(List.of("well"), words.all());
  }

  @Test
  void aRemovedFileIsNotReplacedByAnEmptyOne() throws Exception {
    pragma("query_only = ON");
    Files.delete(file);
    assertThrows(StoreException.ReadOnly.class, () -> words.write(Words.adding("lost")));
    assertThrows(StoreException.Unusable.class, () -> words.write(Words.adding("lost")));
    assertEquals(false, Files.exists(file));
  }

  @Test
  void aDamagedFileIsToldAsUnusable() throws Exception {
    for (int i = 0; i < 200; i++) {
      words.write(Words.adding("word " + i + "x".repeat(100)));
    }
    words.close();
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 4_096; i < bytes.length; i++) {
      bytes[i] = (byte) 0xA5;
    }
    Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
    words = new Words(file);
    assertThrows(StoreException.Unusable.class, words::all);
  }

  /** Of a file kept exclusively, which is read over the connection that writes. */
  @Test
  void whoeverHearsOfAnErrorOfTheDiskFindsAConnectionThatIsNew() throws Exception {
    Options options = Options.ledger().withSchema(Words.FIRST).withProfile(Profile.LEDGER.alone());
    try (Database alone = Database.open(directory.resolve("alone.db"), options)) {
      CompletableFuture<Long> opensSeen = alone
          .submit(tx -> {
            throw new SQLiteException("the disk", SQLiteErrorCode.SQLITE_IOERR_WRITE);
          })
          .handle((result, failure) -> {
            try {
              alone.read(tx -> 0);
            } catch (StoreException e) {
              throw new IllegalStateException(e);
            }
            return alone.connections().opens();
          });
      assertEquals(1, alone.connections().opens());
      alone.worker().runDue();
      assertEquals(2, opensSeen.get());
    }
  }

  @Test
  void aStatementThatIsWrongIsTheCallersBug() {
    assertThrows(
        StoreException.Constraint.class,
        () -> words.write(tx -> tx.update("INSERT INTO nowhere VALUES (1)")));
  }
}
