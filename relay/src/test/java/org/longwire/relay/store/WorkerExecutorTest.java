package org.longwire.relay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The worker over a connection that a test opens and shuts; on real ones it is in other tests. */
class WorkerExecutorTest {
  private static final StoreException HELD = new StoreException.Transient("held by another");

  private final AtomicLong nanos = new AtomicLong();
  private final Door door = new Door();
  private final List<Duration> locked = new ArrayList<>();
  private final WorkerExecutor worker = new WorkerExecutor(
      door,
      Options.ledger()
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
              locked.add(since);
            }
          }));

  /** Remembers the groups that were tried; shut, it lets none through. */
  private static final class Door implements GroupCommit {
    final List<Integer> tried = new ArrayList<>();
    final List<Integer> through = new ArrayList<>();
    boolean shut;
    boolean closed;

    @Override
    public Optional<StoreException> commit(List<Write<?>> group) {
      tried.add(group.size());
      if (shut) {
        return Optional.of(HELD);
      }
      try (OpenFile nothing = OpenFile.connect(Database.MEMORY, false)) {
        for (Write<?> write : group) {
          write.run(nothing);
          through.add(write.bytes);
        }
      } catch (SQLException | StoreException e) {
        throw new AssertionError(e);
      }
      group.forEach(Write::tell);
      return Optional.empty();
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  /** A write that the door knows by its number. */
  private CompletableFuture<Integer> submit(int number, WriteClass urgency) throws Exception {
    return worker.submit(tx -> number, urgency, number);
  }

  private void passes(Duration time) {
    nanos.addAndGet(time.toNanos());
    worker.runDue();
  }

  @Test
  void whatIsHeldUpGoesFirstAndInItsOrderWhenTheDoorOpens() throws Exception {
    door.shut = true;
    submit(1, WriteClass.LAZY);
    submit(2, WriteClass.DURABLE);
    worker.runDue();
    submit(3, WriteClass.DURABLE);
    door.shut = false;
    passes(WorkerExecutor.BUSY_PAUSE);
    assertEquals(List.of(1, 2, 3), door.through);
    assertEquals(List.of(2, 3), door.tried);
    assertEquals(0, worker.waiting());
  }

  @Test
  void aShutDoorIsTriedOncePerPauseWhateverArrives() throws Exception {
    door.shut = true;
    submit(1, WriteClass.DURABLE);
    worker.runDue();
    submit(2, WriteClass.DURABLE);
    passes(WorkerExecutor.BUSY_PAUSE.minusNanos(1));
    assertEquals(1, door.tried.size());
    passes(Duration.ofNanos(1));
    assertEquals(2, door.tried.size());
    passes(WorkerExecutor.BUSY_PAUSE.minusNanos(1));
    assertEquals(2, door.tried.size());
  }

  @Test
  void onlyWhatIsDurableAndHasWaitedItsTimeFails() throws Exception {
    door.shut = true;
    CompletableFuture<Integer> lazy = submit(1, WriteClass.LAZY);
    CompletableFuture<Integer> bulk = submit(2, WriteClass.BULK);
    CompletableFuture<Integer> early = submit(3, WriteClass.DURABLE);
    worker.runDue();
    nanos.addAndGet(1);
    CompletableFuture<Integer> late = submit(4, WriteClass.DURABLE);
    passes(WorkerExecutor.BUSY_LIMIT.minusNanos(2));
    assertFalse(early.isDone());
    assertEquals(StoreState.OPEN, worker.state());
    assertEquals(List.of(), locked);
    nanos.set(WorkerExecutor.BUSY_LIMIT.plus(WorkerExecutor.BUSY_PAUSE).toNanos() - 1);
    worker.runDue();
    Throwable cause = assertThrows(ExecutionException.class, early::get).getCause();
    assertInstanceOf(StoreException.Transient.class, cause);
    assertTrue(cause.getMessage().contains("held by another"), cause.getMessage());
    assertTrue(late.isCompletedExceptionally());
    assertFalse(lazy.isDone() || bulk.isDone());
    assertEquals(2, worker.waiting());
    assertEquals(StoreState.DEGRADED, worker.state());
    assertEquals(1, locked.size());
  }

  @Test
  void aWriteThatCameLaterHasItsOwnTime() throws Exception {
    door.shut = true;
    submit(1, WriteClass.LAZY);
    CompletableFuture<Integer> first = submit(2, WriteClass.DURABLE);
    worker.runDue();
    nanos.set(WorkerExecutor.BUSY_LIMIT.toNanos() - 1);
    CompletableFuture<Integer> second = submit(3, WriteClass.DURABLE);
    passes(Duration.ofNanos(1));
    assertTrue(first.isCompletedExceptionally());
    assertFalse(second.isDone());
    passes(WorkerExecutor.BUSY_LIMIT.minusNanos(2));
    assertFalse(second.isDone());
    passes(WorkerExecutor.BUSY_PAUSE);
    assertTrue(second.isCompletedExceptionally());
    assertEquals(1, worker.waiting());
  }

  @Test
  void aCommitEndsTheTroubleAndTheNextBeginsAnew() throws Exception {
    door.shut = true;
    submit(1, WriteClass.LAZY);
    submit(2, WriteClass.DURABLE);
    worker.runDue();
    passes(WorkerExecutor.BUSY_LIMIT);
    assertEquals(StoreState.DEGRADED, worker.state());
    assertEquals(List.of(WorkerExecutor.BUSY_LIMIT), locked);
    door.shut = false;
    CompletableFuture<Integer> third = submit(3, WriteClass.DURABLE);
    passes(WorkerExecutor.BUSY_PAUSE);
    assertEquals(3, third.get());
    assertEquals(StoreState.OPEN, worker.state());
    door.shut = true;
    submit(4, WriteClass.DURABLE);
    worker.runDue();
    passes(WorkerExecutor.BUSY_LIMIT.minusNanos(1));
    assertEquals(StoreState.OPEN, worker.state());
    assertEquals(1, locked.size());
  }

  @Test
  void aStepCommitsOneGroupOfWhatIsDue() throws Exception {
    for (int i = 0; i <= WorkerExecutor.GROUP_LIMIT; i++) {
      submit(i, WriteClass.DURABLE);
    }
    worker.step();
    assertEquals(List.of(WorkerExecutor.GROUP_LIMIT), door.tried);
    assertEquals(1, worker.waiting());
    worker.step();
    assertEquals(List.of(WorkerExecutor.GROUP_LIMIT, 1), door.tried);
  }

  @Test
  void aStepThatIsInterruptedCommitsNothing() throws Exception {
    submit(1, WriteClass.LAZY);
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, worker::step);
    assertEquals(List.of(), door.tried);
  }

  @Test
  void closingLetsThroughWhatWaitsEvenIfItIsNotDue() throws Exception {
    CompletableFuture<Integer> bulk = submit(1, WriteClass.BULK);
    assertEquals(StoreState.OPEN, worker.state());
    worker.close(Duration.ofMillis(100));
    assertTrue(bulk.isDone() && !bulk.isCompletedExceptionally());
    assertEquals(List.of(1), door.through);
    assertTrue(door.closed);
    assertEquals(StoreState.CLOSED, worker.state());
    assertTrue(submit(2, WriteClass.DURABLE).isCompletedExceptionally());
    assertThrows(StoreException.Closed.class, () -> worker.between(() -> 1));
  }

  @Test
  void closingKeepsTheSignOfAnInterruption() throws Exception {
    CompletableFuture<Integer> lazy = submit(1, WriteClass.LAZY);
    Thread.currentThread().interrupt();
    worker.close(Duration.ofMillis(100));
    assertTrue(Thread.interrupted());
    assertTrue(lazy.isDone() && !lazy.isCompletedExceptionally());
  }

  @Test
  void closingBeforeAShutDoorTellsWhatWaits() throws Exception {
    door.shut = true;
    CompletableFuture<Integer> lazy = submit(1, WriteClass.LAZY);
    worker.close(Duration.ofMillis(100));
    assertInstanceOf(
        StoreException.Closed.class,
        assertThrows(ExecutionException.class, lazy::get).getCause());
    assertTrue(door.closed);
  }

  @Test
  void betweenTwoGroupsSomethingElseMayBeDone() throws Exception {
    assertEquals("done", worker.between(() -> "done"));
    assertEquals(List.of(), door.tried);
  }
}
