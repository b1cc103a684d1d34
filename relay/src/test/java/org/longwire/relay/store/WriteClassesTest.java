package org.longwire.relay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Durable now, lazy within seconds, bulk within a minute: and always in order. */
class WriteClassesTest {
  private static final int SMALL = 100;

  @TempDir
  Path directory;

  private Words words;

  @BeforeEach
  void open() throws StoreException {
    words = new Words(directory.resolve("words.db"));
  }

  @AfterEach
  void close() {
    words.close();
  }

  private CompletableFuture<Integer> bulk(String word, int bytes) throws InterruptedException {
    return words.database.submitBulk(Words.adding(word), bytes);
  }

  @Test
  void bulkWaitsForAMinuteOfItsOwn() throws Exception {
    CompletableFuture<Integer> write = bulk("bulk", SMALL);
    words.nanos.addAndGet(WorkerExecutor.BULK_LIMIT.toNanos() - 1);
    words.commitDue();
    assertFalse(write.isDone());
    words.nanos.addAndGet(1);
    words.commitDue();
    assertTrue(write.isDone());
    assertEquals(List.of("bulk"), words.all());
  }

  @Test
  void bulkIsCommittedWhenEnoughOfItWaits() throws Exception {
    bulk("first", WorkerExecutor.BULK_BYTES - SMALL);
    bulk("second", SMALL - 1);
    words.commitDue();
    assertEquals(0, words.commits.count);
    bulk("third", 1);
    words.commitDue();
    assertEquals(1, words.commits.count);
    bulk("fourth", SMALL);
    words.commitDue();
    assertEquals(1, words.commits.count, "the count begins anew");
  }

  @Test
  void everythingRidesOnADurableWriteInTheOrderOfSubmission() throws Exception {
    bulk("bulk", SMALL);
    words.submitLazy("lazy");
    words.submit("durable");
    words.commitDue();
    assertEquals(List.of("bulk", "lazy", "durable"), words.all());
    assertEquals(1, words.commits.count);
  }

  @Test
  void aLazyWriteBehindBulkIsNotMadeToWaitForIt() throws Exception {
    bulk("bulk", SMALL);
    CompletableFuture<Integer> lazy = words.submitLazy("lazy");
    words.nanos.addAndGet(WorkerExecutor.LAZY_LIMIT.toNanos());
    words.commitDue();
    assertTrue(lazy.isDone());
  }

  @Test
  void closingWritesWhatIsBulk() throws Exception {
    CompletableFuture<Integer> write = bulk("bulk", SMALL);
    words.close();
    assertEquals(1, write.get());
  }

  @Test
  void bulkThatFillsHalfTheQueueIsCommittedLestItKeepOthersOut() throws Exception {
    for (int i = 0; i < WorkerExecutor.QUEUE_LIMIT / 2 - 1; i++) {
      bulk("word " + i, 1);
    }
    words.commitDue();
    assertEquals(0, words.commits.count);
    bulk("last", 1);
    words.commitDue();
    assertTrue(words.database.worker().waiting() < WorkerExecutor.QUEUE_LIMIT / 2);
  }

  @Test
  void unattendedWritesAreMadeByWhoeverSubmitsThem() throws Exception {
    words.database.unattended();
    assertEquals(1, words.database.write(Words.adding("own hands")));
    words.database.flush();
    assertEquals(List.of("own hands"), words.all());
  }

  @Test
  void aBugInAWriteIsThrownAsItIs() {
    IllegalStateException bug = new IllegalStateException("a bug");
    words.database.unattended();
    assertSame(
        bug,
        assertThrows(
            IllegalStateException.class,
            () -> words.database.write(tx -> {
              throw bug;
            })));
  }
}
