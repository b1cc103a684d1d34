package org.longwire.relay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.relay.CapturedLog;

class GroupCommitTest {
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

  @Test
  void writesThatWaitTogetherAreOneCommit() throws Exception {
    words.submit("a");
    words.submit("b");
    CompletableFuture<Integer> last = words.submit("c");
    words.commitDue();
    assertEquals(1, last.get());
    assertEquals(1, words.commits.count);
    assertEquals(List.of("a", "b", "c"), words.all());
  }

  @Test
  void aBadWriteSpoilsOnlyItself() throws Exception {
    CompletableFuture<Integer> first = words.submit("a");
    CompletableFuture<Integer> bad = words.database.submit(tx -> {
      tx.update("INSERT INTO word(text) VALUES ('half')");
      return tx.update("INSERT INTO word(text) VALUES ('a')");
    });
    CompletableFuture<Integer> bug = words.database.submit(tx -> {
      tx.update("INSERT INTO word(text) VALUES ('bug')");
      throw new IllegalStateException("a bug");
    });
    CompletableFuture<Integer> last = words.submit("b");
    words.commitDue();
    assertEquals(1, first.get());
    assertEquals(1, last.get());
    assertEquals(List.of("a", "b"), words.all());
    assertEquals(1, words.commits.count);
    assertInstanceOf(
        StoreException.Constraint.class,
        assertThrows(ExecutionException.class, bad::get).getCause());
    assertInstanceOf(
        IllegalStateException.class,
        assertThrows(ExecutionException.class, bug::get).getCause());
  }

  @Test
  void nobodyIsToldBeforeTheCommitNotEvenOfAFailure() throws Exception {
    List<CompletableFuture<Integer>> futures = new ArrayList<>();
    futures.add(words.submit("a"));
    futures.add(words.submit("a"));
    List<Boolean> told = new ArrayList<>();
    Runnable look = () -> futures.forEach(future -> told.add(future.isDone()));
    words.commits.before = look;
    words.commits.after = look;
    words.commitDue();
    assertEquals(List.of(false, false, false, false), told);
    assertTrue(futures.get(0).isDone());
    assertTrue(futures.get(1).isCompletedExceptionally());
  }

  @Test
  void aFailureBeforeTheCommitFailsTheWholeGroup() throws Exception {
    CompletableFuture<Integer> first = words.submit("a");
    CompletableFuture<Integer> second = words.submit("b");
    IllegalStateException bug = new IllegalStateException("a bug");
    words.commits.before = () -> {
      throw bug;
    };
    assertSame(bug, assertThrows(IllegalStateException.class, words::commitDue));
    assertSame(bug, assertThrows(ExecutionException.class, first::get).getCause());
    assertSame(bug, assertThrows(ExecutionException.class, second::get).getCause());
    words.commits.before = () -> {};
    words.write(Words.adding("c"));
    assertEquals(List.of("c"), words.all());
  }

  @Test
  void aGroupHasALimit() throws Exception {
    for (int i = 0; i < WorkerExecutor.GROUP_LIMIT + 1; i++) {
      words.submit("w" + i);
    }
    words.commitDue();
    assertEquals(2, words.commits.count);
    assertEquals(WorkerExecutor.GROUP_LIMIT + 1, words.all().size());
  }

  @Test
  void aGroupHasALimitInBytesTooAndWhatIsLargerGoesAlone() throws Exception {
    CompletableFuture<Integer> small = words.submit("small");
    CompletableFuture<Integer> large = words.database.submit(Work.large(Words.adding("large")));
    words.submit("after");
    words.submit("last");
    List<List<Boolean>> done = new ArrayList<>();
    words.commits.before = () -> done.add(List.of(small.isDone(), large.isDone()));
    words.commitDue();
    assertEquals(List.of(List.of(false, false), List.of(true, false), List.of(true, true)), done);
    assertEquals(List.of("small", "large", "after", "last"), words.all());
  }

  @Test
  void aLazyWriteRidesOnTheNextDurableOneInTheOrderOfSubmission() throws Exception {
    CompletableFuture<Integer> lazy = words.submitLazy("lazy");
    words.commitDue();
    assertFalse(lazy.isDone());
    words.submit("durable");
    words.commitDue();
    assertTrue(lazy.isDone());
    assertEquals(1, words.commits.count);
    assertEquals(List.of("lazy", "durable"), words.all());
  }

  @Test
  void aLazyWriteThatFindsNoCompanyGoesAloneAfterItsLimit() throws Exception {
    CompletableFuture<Integer> lazy = words.submitLazy("lazy");
    words.nanos.addAndGet(WorkerExecutor.LAZY_LIMIT.toNanos() - 1);
    words.commitDue();
    assertFalse(lazy.isDone());
    words.nanos.incrementAndGet();
    words.commitDue();
    assertTrue(lazy.isDone());
  }

  @Test
  void manyLazyWritesDoNotWaitUntilTheQueueIsFull() throws Exception {
    for (int i = 0; i < WorkerExecutor.GROUP_LIMIT; i++) {
      words.submitLazy("w" + i);
    }
    words.commitDue();
    assertEquals(WorkerExecutor.GROUP_LIMIT, words.all().size());
  }

  @Test
  void withoutWorkNothingIsCommitted() {
    words.nanos.addAndGet(WorkerExecutor.LAZY_LIMIT.toNanos() * 100);
    words.commitDue();
    assertEquals(0, words.commits.count);
  }

  @Test
  void aFullQueueTurnsWritesAwayAndCountsThem() throws Exception {
    for (int i = 0; i < WorkerExecutor.QUEUE_LIMIT; i++) {
      words.submit("w" + i);
    }
    try (CapturedLog log = new CapturedLog()) {
      CompletableFuture<Integer> tooMany = words.submit("too many");
      Throwable cause = assertThrows(ExecutionException.class, tooMany::get).getCause();
      assertTrue(assertInstanceOf(StoreException.Transient.class, cause).mayRetry());
      words.submit("too many again");
      assertEquals(2, words.database.worker().refused());
      assertEquals(1, log.linesWith("are turned away").size());
    }
    words.commitDue();
    assertEquals(WorkerExecutor.QUEUE_LIMIT, words.all().size());
    words.write(Words.adding("now there is room"));
  }

  @Test
  void whoeverCommitsNeverWaitsForTheRoomThatOnlyHeMakes() throws Exception {
    try (Database patient = Database.open(
        directory.resolve("patient.db"),
        Options.ledger().withSchema(Words.FIRST).withSubmitLimit(Duration.ofDays(1)))) {
      CompletableFuture<Integer> chained = patient.submit(Words.adding("first"));
      CompletableFuture<Integer> last = patient.submit(tx -> {
        while (patient.worker().waiting() < WorkerExecutor.QUEUE_LIMIT) {
          submitAlong(patient);
        }
        return 0;
      });
      AtomicReference<CompletableFuture<Integer>> refused = new AtomicReference<>();
      chained.thenRun(() -> refused.set(submitAlong(patient)));
      patient.worker().runDue();
      assertTrue(last.isDone());
      assertInstanceOf(
          StoreException.Transient.class,
          assertThrows(ExecutionException.class, refused.get()::get).getCause());
    }
  }

  /** A write of somebody who is at work on the thread that commits. */
  private static CompletableFuture<Integer> submitAlong(Database database) {
    try {
      return database.submit(tx -> 0);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
