package org.longwire.relay.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Worker, Waiter and Closer. */
class WorkerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertTrue(latch.await(20, TimeUnit.SECONDS), "it never happened");
  }

  @Test
  void aStepIsRepeatedUntilTheWorkerIsClosed() throws Exception {
    CountDownLatch thrice = new CountDownLatch(3);
    AtomicInteger steps = new AtomicInteger();
    Worker worker = new Worker(
        "tester",
        () -> {
          steps.incrementAndGet();
          thrice.countDown();
        },
        PATIENCE,
        bug -> {});
    await(thrice);
    worker.close();
    int after = steps.get();
    worker.close();
    assertEquals(after, steps.get());
    assertEquals("tester", worker.role());
  }

  @Test
  void closingWakesAStepThatWaits() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    AtomicBoolean woken = new AtomicBoolean();
    Waiter waiter = new Waiter();
    Worker worker = new Worker(
        "waits",
        () -> {
          waiting.countDown();
          try {
            waiter.pause(Duration.ofDays(1));
          } catch (InterruptedException stop) {
            woken.set(true);
            throw stop;
          }
        },
        PATIENCE,
        bug -> {});
    await(waiting);
    worker.close();
    assertTrue(woken.get());
  }

  @Test
  void aBugEndsTheThreadAndIsToldOnce() throws Exception {
    CompletableFuture<Throwable> told = new CompletableFuture<>();
    AtomicInteger steps = new AtomicInteger();
    IllegalStateException bug = new IllegalStateException("a bug");
    try (Worker worker = new Worker(
        "breaks",
        () -> {
          steps.incrementAndGet();
          throw bug;
        },
        PATIENCE,
        told::complete)) {
      assertSame(bug, told.get(20, TimeUnit.SECONDS), worker.role());
    }
    assertEquals(1, steps.get());
  }

  @Test
  void aWakeBeforeThePauseIsRememberedForOnePause() throws Exception {
    Waiter waiter = new Waiter();
    waiter.wake();
    waiter.wake();
    // Would last a day if the wake were forgotten.
    waiter.pause(Duration.ofDays(1));
    // Would end before its time only if the wake counted twice; zero ends at once.
    waiter.pause(Duration.ZERO);
    waiter.wake();
    waiter.pause(Duration.ofDays(1));
  }

  @Test
  void whatWasOpenedLastIsClosedFirstAndEveryFailureIsKept() {
    List<String> closed = new ArrayList<>();
    Closer closer = new Closer();
    closer.own(() -> closed.add("first"));
    closer.own(() -> {
      throw new IllegalArgumentException("second");
    });
    closer.own(() -> {
      throw new java.io.IOException("third");
    });
    closer.own(() -> closed.add("fourth"));
    IllegalStateException failure = assertThrows(IllegalStateException.class, closer::close);
    assertEquals(List.of("fourth", "first"), closed);
    assertTrue(failure.getMessage().contains("third"));
    assertEquals(1, failure.getSuppressed().length);
    closer.close();
    assertEquals(2, closed.size());
  }
}
