package org.longwire.relay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real other process holds the file, for a second, for half a minute, for ten minutes. */
class BusyFileTest {
  @TempDir
  Path directory;

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicReference<Duration> told = new AtomicReference<>(Duration.ZERO);
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private Database database;
  private Locker other;

  @BeforeEach
  void open() throws Exception {
    Path file = directory.resolve("words.db");
    database = Database.open(
        file,
        Options.ledger()
            .withSchema(Words.FIRST)
            .withProfile(Profile.LEDGER.withBusyTimeout(Duration.ZERO))
            .withNanoTime(nanos::get)
            .withSubmitLimit(Duration.ZERO)
            .withCloseLimit(Duration.ofMillis(1))
            .withObserver(new CommitObserver() {
              @Override
              public void beforeCommit() {}

              @Override
              public void afterCommit() {}

              @Override
              public void locked(Duration since) {
                told.set(since);
              }

              @Override
              public void failed(StoreException why) {
                failures.add(why.getMessage());
              }
            }));
    other = Locker.hold(file);
  }

  @AfterEach
  void close() throws Exception {
    other.close();
    database.close();
  }

  private List<String> all() throws StoreException {
    return database.read(tx -> tx.list("SELECT text FROM word ORDER BY id", r -> r.getString(1)));
  }

  private void tryFor(Duration time) {
    long end = nanos.get() + time.toNanos();
    while (nanos.get() < end) {
      database.worker().runDue();
      nanos.addAndGet(Math.min(WorkerExecutor.BUSY_PAUSE.toNanos(), end - nanos.get()));
    }
    database.worker().runDue();
  }

  @Test
  void aSecondIsWaitedFor() throws Exception {
    CompletableFuture<Integer> write = database.submit(Words.adding("patient"));
    tryFor(Duration.ofSeconds(1));
    assertFalse(write.isDone());
    assertEquals(StoreState.OPEN, database.state());
    other.close();
    tryFor(WorkerExecutor.BUSY_PAUSE);
    assertEquals(1, write.get());
    assertEquals(List.of("patient"), all());
  }

  @Test
  void theFirstTryThatFailsIsTold() throws Exception {
    database.submitLazy(Words.adding("patient"));
    nanos.addAndGet(WorkerExecutor.LAZY_LIMIT.toNanos());
    assertEquals(List.of(), failures);
    database.worker().runDue();
    assertEquals(1, failures.size());
    assertTrue(failures.get(0).contains("another process keeps"), failures.get(0));
  }

  @Test
  void betweenTwoTriesThereIsAPause() throws Exception {
    database.submit(Words.adding("patient"));
    database.worker().runDue();
    other.close();
    database.worker().runDue();
    assertEquals(1, database.worker().waiting());
    nanos.addAndGet(WorkerExecutor.BUSY_PAUSE.toNanos());
    database.worker().runDue();
    assertEquals(0, database.worker().waiting());
  }

  @Test
  void afterHalfAMinuteADurableWriteFailsAndTheStoreIsDegraded() throws Exception {
    CompletableFuture<Integer> lazy = database.submitLazy(Words.adding("lazy"));
    CompletableFuture<Integer> durable = database.submit(Words.adding("durable"));
    tryFor(WorkerExecutor.BUSY_LIMIT.minusMillis(1));
    assertFalse(durable.isDone());
    tryFor(WorkerExecutor.BUSY_PAUSE);
    StoreException failure = assertInstanceOf(
        StoreException.Transient.class,
        assertThrows(ExecutionException.class, durable::get).getCause());
    assertTrue(failure.mayRetry());
    assertTrue(failure.getMessage().contains("another process keeps"), failure.getMessage());
    assertEquals(StoreState.DEGRADED, database.state());
    assertTrue(told.get().compareTo(WorkerExecutor.BUSY_LIMIT) >= 0);
    assertFalse(lazy.isDone(), "what nobody waits for stays");
  }

  @Test
  void afterTenMinutesEverythingGoesOn() throws Exception {
    CompletableFuture<Integer> lazy = database.submitLazy(Words.adding("lazy"));
    CompletableFuture<Integer> bulk = database.submitBulk(Words.adding("bulk"), 10);
    CompletableFuture<Integer> early = database.submit(Words.adding("early"));
    tryFor(Duration.ofMinutes(10));
    assertEquals(StoreState.DEGRADED, database.state());
    assertInstanceOf(
        StoreException.Transient.class,
        assertThrows(ExecutionException.class, early::get).getCause());
    other.close();
    CompletableFuture<Integer> durable = database.submit(Words.adding("durable"));
    tryFor(WorkerExecutor.BUSY_PAUSE);
    assertEquals(List.of(1, 1, 1), List.of(lazy.get(), bulk.get(), durable.get()));
    assertEquals(List.of("lazy", "bulk", "durable"), all());
    assertEquals(StoreState.OPEN, database.state());
  }

  @Test
  void readingGoesOnMeanwhile() throws Exception {
    database.submit(Words.adding("unwritten"));
    tryFor(Duration.ofSeconds(1));
    assertEquals(List.of(), all());
  }

  @Test
  void whatWaitsIsBounded() throws Exception {
    for (int i = 0; i < WorkerExecutor.QUEUE_LIMIT; i++) {
      database.submitLazy(Words.adding("word " + i));
    }
    tryFor(Duration.ofSeconds(1));
    CompletableFuture<Integer> beyond = database.submit(Words.adding("beyond"));
    assertTrue(beyond.isCompletedExceptionally());
    assertEquals(1, database.worker().refused());
  }

  @Test
  void whatMayBeLateIsTurnedAwayAtOnceRatherThanMadeToWait() throws Exception {
    Database patient = Database.open(
        directory.resolve("patient.db"),
        Options.ledger().withSchema(Words.FIRST).withSubmitLimit(Duration.ofDays(1)));
    for (int i = 0; i < WorkerExecutor.QUEUE_LIMIT; i++) {
      patient.submitLazy(Words.adding("word " + i));
    }
    assertTrue(patient.submitLazy(Words.adding("beyond")).isCompletedExceptionally());
    CompletableFuture<Integer> bulk = patient.submitBulk(Words.adding("beyond"), 1);
    assertInstanceOf(
        StoreException.Transient.class,
        assertThrows(ExecutionException.class, bulk::get).getCause());
    assertEquals(2, patient.worker().refused());
    patient.close();
  }

  @Test
  void whoWritesHimselfMakesTheRoomHeNeeds() throws Exception {
    other.close();
    for (int i = 0; i < WorkerExecutor.QUEUE_LIMIT; i++) {
      database.submitLazy(Words.adding("word " + i));
    }
    database.unattended();
    assertEquals(1, database.submit(Words.adding("mine")).get());
  }

  @Test
  void closingDoesNotWaitForTheOther() throws Exception {
    CompletableFuture<Integer> write = database.submit(Words.adding("late"));
    database.close();
    assertInstanceOf(
        StoreException.Closed.class,
        assertThrows(ExecutionException.class, write::get).getCause());
    assertEquals(StoreState.CLOSED, database.state());
  }

  @Test
  void whoeverWritesAtTheEndWaitsNoLongerThanClosingMay() {
    database.unattended();
    StoreException failure = assertThrows(
        StoreException.Transient.class, () -> database.write(Words.adding("the last")));
    assertTrue(failure.getMessage().contains("too long"), failure.getMessage());
  }
}
