package org.longwire.relay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.relay.run.Worker;

class ClosingTest {
  @TempDir
  Path directory;

  private Path file;

  @BeforeEach
  void choose() {
    file = directory.resolve("words.db");
  }

  private List<String> reopened() throws StoreException {
    try (Words words = new Words(file)) {
      return words.all();
    }
  }

  @Test
  void closingCommitsWhatWaitsLazyOrNotWhenNoWorkerIsLeft() throws Exception {
    Words words = new Words(file);
    CompletableFuture<Integer> lazy = words.submitLazy("lazy");
    CompletableFuture<Integer> durable = words.submit("durable");
    words.close();
    assertEquals(1, lazy.get());
    assertEquals(1, durable.get());
    assertEquals(List.of("lazy", "durable"), reopened());
  }

  @Test
  void aClosedDatabaseRefusesWork() throws Exception {
    Words words = new Words(file);
    words.close();
    words.close();
    CompletableFuture<Integer> late = words.submit("late");
    assertInstanceOf(
        StoreException.Closed.class,
        assertThrows(ExecutionException.class, late::get).getCause());
    assertThrows(StoreException.Closed.class, words::all);
  }

  @Test
  void whatWaitsWhenTheWorkerIsStoppedIsWrittenByClosing() throws Exception {
    Words words = new Words(file);
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Worker worker =
        new Worker("store-writer", words.database.worker(), Duration.ofSeconds(10), bug -> {});
    CompletableFuture<Integer> first = words.database.submit(tx -> {
      running.countDown();
      awaitQuietly(goOn);
      return Words.adding("first").run(tx);
    });
    running.await();
    CompletableFuture<Integer> second = words.submit("second");
    Thread stopper = new Thread(worker::close);
    stopper.start();
    goOn.countDown();
    stopper.join();
    words.close();
    assertEquals(1, first.get());
    assertEquals(1, second.get());
    assertEquals(List.of("first", "second"), reopened());
  }

  @Test
  void aWriteThatDoesNotEndHoldsUpClosingOnlyForALimit() throws Exception {
    Database database = Database.open(
        file, Options.ledger().withSchema(Words.FIRST).withCloseLimit(Duration.ofMillis(1)));
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Worker worker =
        new Worker("store-writer", database.worker(), Duration.ofSeconds(10), bug -> {});
    database.submit(tx -> {
      running.countDown();
      awaitQuietly(goOn);
      return 0;
    });
    running.await();
    CompletableFuture<Integer> waiting = database.submit(Words.adding("waiting"));
    database.close();
    assertInstanceOf(
        StoreException.Closed.class,
        assertThrows(ExecutionException.class, waiting::get).getCause());
    goOn.countDown();
    worker.close();
  }

  @Test
  void aThreadThatIsInterruptedPausesBetweenItsTriesAllTheSameAndStaysInterrupted()
      throws Exception {
    AtomicInteger tries = new AtomicInteger();
    GroupCommit away = new GroupCommit() {
      @Override
      public Optional<StoreException> commit(List<Write<?>> group) {
        tries.incrementAndGet();
        return Optional.of(new StoreException.Transient("it is away"));
      }

      @Override
      public void close() {}
    };
    WorkerExecutor worker = new WorkerExecutor(away, Options.ledger());
    CompletableFuture<Integer> write = worker.submit(tx -> 0, WriteClass.DURABLE, 0);
    Thread.currentThread().interrupt();
    worker.close(WorkerExecutor.BUSY_PAUSE.multipliedBy(3));
    assertTrue(Thread.interrupted());
    assertTrue(write.isCompletedExceptionally());
    assertTrue(tries.get() <= 4, tries + " tries");
  }

  @Test
  void aReadingWithoutAnEndDoesNotHoldUpClosing() throws Exception {
    Database database = Database.open(file, Options.ledger().withSchema(Words.FIRST));
    CountDownLatch reading = new CountDownLatch(1);
    CompletableFuture<StoreException> outcome = new CompletableFuture<>();
    Thread reader = new Thread(() -> outcome.complete(assertThrows(
        StoreException.class,
        () -> database.read(tx -> {
          reading.countDown();
          return tx.first(
              "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
                  + " SELECT count(*) FROM n",
              row -> row.getLong(1));
        }))));
    reader.start();
    reading.await();
    database.close();
    assertInstanceOf(StoreException.Closed.class, outcome.join());
    reader.join();
  }

  @Test
  void aCrashBeforeTheCommitLeavesNothingAndAfterItEverything() throws Exception {
    try (Words words = new Words(file)) {
      words.write(Words.adding("old"));
      words.commits.before = () -> copyTo(directory.resolve("before"));
      words.commits.after = () -> copyTo(directory.resolve("after"));
      words.submit("new");
      words.submit("newer");
      words.commitDue();
    }
    try (Words before = new Words(directory.resolve("before/words.db"));
        Words after = new Words(directory.resolve("after/words.db"))) {
      assertEquals(List.of("old"), before.all());
      assertEquals(List.of("old", "new", "newer"), after.all());
    }
  }

  @Test
  void aKilledProcessLosesNothingThatWasAcknowledged() throws Exception {
    try (Words words = new Words(file)) {
      words.write(Words.adding("acknowledged"));
      assertTrue(Files.size(directory.resolve("words.db-wal")) > 0);
      copyTo(directory.resolve("killed"));
    }
    try (Words killed = new Words(directory.resolve("killed/words.db"))) {
      assertEquals(List.of("acknowledged"), killed.all());
    }
  }

  private void copyTo(Path target) {
    CrashImages.copy(file, target);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      awaitQuietly(latch);
    }
  }
}
