package org.longwire.relay.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.longwire.relay.CapturedLog;
import org.longwire.relay.store.StoreException;

class StoreMetricsTest {
  private final AtomicLong nanos = new AtomicLong();
  private final StoreMetrics metrics = new StoreMetrics(nanos::get, true);
  private final CompletableFuture<String> future = new CompletableFuture<>();

  /** Something to measure. */
  interface Larder {
    String take(int millis) throws StoreException;

    CompletableFuture<String> order();
  }

  private final Larder larder = metrics.measured(Larder.class, new Larder() {
    @Override
    public String take(int millis) throws StoreException {
      nanos.addAndGet(Duration.ofMillis(millis).toNanos());
      if (millis > 50) {
        throw new StoreException.Transient("empty");
      }
      return "bread";
    }

    @Override
    public CompletableFuture<String> order() {
      return future;
    }
  });

  private OperationStatistics of(String operation) {
    return metrics.statistics().stream()
        .filter(s -> s.operation().equals(operation))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void callsErrorsAndTimesAreCounted() throws Exception {
    for (int i = 0; i < 99; i++) {
      assertEquals("bread", larder.take(1));
    }
    assertThrows(StoreException.Transient.class, () -> larder.take(100));
    OperationStatistics taken = of("Larder.take");
    assertEquals(100, taken.count());
    assertEquals(1, taken.errors());
    assertEquals(Duration.ofMillis(199), taken.total());
    assertTrue(taken.median().compareTo(Duration.ofMillis(1)) >= 0);
    assertTrue(taken.median().compareTo(Duration.ofMillis(2)) <= 0);
    assertEquals(taken.median(), taken.slowest99());
  }

  @Test
  void aWriteLastsUntilItsCommit() {
    assertSame(future, larder.order());
    nanos.addAndGet(Duration.ofSeconds(3).toNanos());
    assertTrue(metrics.statistics().stream().noneMatch(s -> s.count() > 0));
    future.complete("done");
    assertEquals(Duration.ofSeconds(3), of("Larder.order").total());
  }

  @Test
  void oneLineSumsItUp() throws Exception {
    larder.take(4);
    assertThrows(StoreException.class, () -> larder.take(51));
    assertEquals(
        "store: 2 calls, 1 failed; most time in Larder.take: 2 calls, 99 of 100 within 65.5 ms",
        metrics.summary());
  }

  @Test
  void anHourlyLineIsWrittenByWhoeverCallsThenAndOnlyWhereItIsWanted() throws Exception {
    try (CapturedLog log = new CapturedLog()) {
      larder.take(1);
      nanos.set(StoreMetrics.SUMMARY_EVERY.toNanos() - 1);
      larder.take(0);
      assertEquals(0, log.linesWith("store: ").size());
      nanos.incrementAndGet();
      larder.take(0);
      larder.take(0);
      assertEquals(1, log.linesWith("store: 3 calls, 0 failed").size());
      nanos.addAndGet(StoreMetrics.SUMMARY_EVERY.toNanos());
      larder.take(0);
      assertEquals(2, log.linesWith("store: ").size());
      Larder quiet = new StoreMetrics(nanos::get, false).measured(Larder.class, larder);
      nanos.addAndGet(StoreMetrics.SUMMARY_EVERY.toNanos());
      quiet.order();
      assertEquals(3, log.linesWith("store: ").size(), "the inner one's alone");
    }
  }

  @Test
  void aWriteThatFailsLaterIsCounted() {
    larder.order();
    future.completeExceptionally(new StoreException.Transient("empty"));
    assertEquals(1, of("Larder.order").errors());
  }

  @Test
  void whatEveryObjectAnswersIsNotMeasured() {
    assertEquals(larder.toString(), larder.toString());
    assertEquals(0, metrics.statistics().size());
    assertEquals("store: 0 calls, 0 failed", metrics.summary());
  }
}
