package org.longwire.relay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseReaderTest {
  private static final Work<Long> COUNT =
      tx -> tx.first("SELECT count(*) FROM word", row -> row.getLong(1)).orElseThrow();
  private static final Duration LIMIT = Duration.ofSeconds(1);

  @TempDir
  Path directory;

  private final AtomicLong nanos = new AtomicLong();
  private Words words;
  private DatabaseReader reader;

  @BeforeEach
  void open() throws Exception {
    Path file = directory.resolve("words.db");
    words = new Words(file);
    words.write(Words.adding("hut"));
    reader = DatabaseReader.open(file, Words.FIRST, nanos::get);
  }

  @AfterEach
  void close() {
    reader.close();
    words.close();
  }

  @Test
  void aReadingSeesOneSnapshotAndTheNextOneTheNext() throws Exception {
    long during = reader.read(tx -> {
      long before = COUNT.run(tx);
      writeQuietly("ridge");
      return before + COUNT.run(tx);
    });
    assertEquals(2, during);
    assertEquals(2, reader.read(COUNT));
  }

  private void writeQuietly(String word) {
    try {
      words.write(Words.adding(word));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aReadingThatTakesTooLongIsEndedAndTheNextIsWell() throws Exception {
    String endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
        + " WHERE i < 100000000) SELECT count(*) FROM n";
    assertThrows(
        StoreException.Transient.class,
        () -> reader.read(
            tx -> {
              nanos.addAndGet(LIMIT.toNanos() + 1);
              return tx.first(endless, row -> row.getLong(1));
            },
            LIMIT));
    assertEquals(1, reader.read(COUNT, LIMIT));
    assertEquals(1, reader.read(COUNT));
  }

  @Test
  void aLongReadingKeepsOthersWaitingOnlyForTheirLimit() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Thread slow = new Thread(() -> readSlowly(reading, goOn));
    slow.start();
    reading.await();
    assertTrue(reader.isTaken());
    StoreException failure = assertThrows(
        StoreException.Transient.class, () -> reader.read(COUNT, Duration.ofMillis(1)));
    assertTrue(failure.getMessage().contains("busy"), failure.getMessage());
    goOn.countDown();
    slow.join();
    assertFalse(reader.isTaken());
    assertEquals(1, reader.read(COUNT, LIMIT));
  }

  private void readSlowly(CountDownLatch reading, CountDownLatch goOn) {
    try {
      reader.read(tx -> {
        reading.countDown();
        awaitQuietly(goOn);
        return 0;
      });
    } catch (StoreException e) {
      throw new AssertionError(e);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whoeverIsInterruptedIsToldAndKeepsTheSign() {
    Thread.currentThread().interrupt();
    assertThrows(StoreException.Transient.class, () -> reader.read(COUNT, LIMIT));
    assertTrue(Thread.interrupted());
  }

  @Test
  void aClosedReaderSaysSo() {
    reader.close();
    reader.close();
    assertThrows(StoreException.Closed.class, () -> reader.read(COUNT));
  }

  @Test
  void whatIsNoFileOrNoneOfOursIsRefused() throws Exception {
    assertThrows(StoreException.Unusable.class, () -> DatabaseReader.open(directory, Words.FIRST)
        .close());
    Path diary = directory.resolve("diary");
    Files.writeString(diary, "Dear diary, ".repeat(100));
    assertThrows(StoreException.Unusable.class, () -> DatabaseReader.open(diary, Words.FIRST)
        .close());
    assertThrows(
        StoreException.Unusable.class,
        () -> DatabaseReader.open(directory.resolve("words.db"), Words.SECOND).close());
  }
}
