package org.longwire.relay.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.relay.store.CommitObserver;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.Options;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.Transaction;
import org.longwire.relay.store.WorkerExecutor;
import org.longwire.relay.store.repository.PluginData;

/** On a real database whose worker the test turns by hand; changes are texts that add up. */
class WriteBehindTest {
  @TempDir
  Path directory;

  private static final int LIMIT_BYTES = 2 * WriteBehind.MAX_BYTES;

  private final List<String> written = new ArrayList<>();
  private final Set<String> poison = new HashSet<>();
  private Database database;
  private WriteBehind<String, String> behind;
  private boolean failing;
  private Runnable beforeCommit = () -> {};
  private final AtomicLong nanos = new AtomicLong();

  @BeforeEach
  void open() throws Exception {
    database = Database.open(
        directory.resolve("store.db"),
        Options.store().withNanoTime(nanos::get).withObserver(new CommitObserver() {
          @Override
          public void beforeCommit() {
            beforeCommit.run();
          }

          @Override
          public void afterCommit() {}
        }));
    behind = new WriteBehind<>(
        database, new WriteBehind.Form<>(String::concat, String::length, this::write, LIMIT_BYTES));
  }

  private void write(Transaction tx, String key, String change) throws SQLException {
    if (failing) {
      throw new SQLException("the connection is lost");
    }
    if (poison.contains(key)) {
      tx.update("INSERT INTO nowhere VALUES (1)");
    }
    written.add(key + "=" + change);
  }

  @AfterEach
  void close() {
    database.close();
  }

  /** Commits all that waits, lazy and bulk too. */
  private void commit() throws Exception {
    database.submit(tx -> 0);
    database.worker().runDue();
  }

  @Test
  void changesOfOneKeyAreOneWrite() throws Exception {
    behind.put("k", "a", false);
    behind.put("k", "b", false);
    behind.put("other", "c", false);
    assertEquals(Optional.of("ab"), behind.of("k"));
    commit();
    assertEquals(List.of("k=ab", "other=c"), written);
    assertTrue(behind.of("k").isEmpty());
    assertEquals(0, behind.size());
  }

  @Test
  void whatFailedWaitsBeforeWhatCameLater() throws Exception {
    behind.put("k", "a", false);
    failing = true;
    commit();
    assertEquals(Optional.of("a"), behind.of("k"));
    failing = false;
    behind.put("k", "b", false);
    behind.put("l", "c", false);
    commit();
    assertEquals(List.of("k=ab", "l=c"), written);
    assertEquals(0, behind.size());
  }

  @Test
  void manyChangesGoInBoundedBatches() throws Exception {
    for (int i = 0; i < WriteBehind.BATCH * 2 + 1; i++) {
      behind.put("k" + i, "x", false);
    }
    commit();
    assertEquals(WriteBehind.BATCH, written.size());
    assertEquals(WriteBehind.BATCH + 1, behind.size());
    commit();
    assertEquals(WriteBehind.BATCH * 2, written.size());
    commit();
    assertEquals(0, behind.size(), "what did not fit in has a write of its own");
  }

  @Test
  void whatIsForgottenIsNotWritten() throws Exception {
    behind.put("k", "a", false);
    behind.put("l", "b", false);
    behind.forget("k");
    assertEquals(Map.of("l", "b"), behind.all());
    commit();
    assertEquals(List.of("l=b"), written);
  }

  /** Has something happen between the writing of what was gathered and its commit. */
  private void onItsWay(Runnable event) throws Exception {
    database.submit(tx -> {
      event.run();
      return 0;
    });
    database.worker().runDue();
  }

  @Test
  void whatIsOnItsWayIsNotKnownToBeCommitted() throws Exception {
    behind.put("k", "a", false);
    behind.put("only", "x", false);
    List<Optional<String>> meanwhile = new ArrayList<>();
    onItsWay(() -> {
      meanwhile.add(behind.of("k"));
      behind.put("k", "b", false);
      behind.put("new", "y", false);
      meanwhile.add(behind.of("k"));
      meanwhile.add(behind.of("only"));
      meanwhile.add(behind.of("new"));
      assertEquals(Map.of("k", "ab", "only", "x", "new", "y"), behind.all());
      assertEquals(4, behind.size());
    });
    assertEquals(
        List.of(Optional.of("a"), Optional.of("ab"), Optional.of("x"), Optional.of("y")),
        meanwhile);
    assertEquals(List.of("k=a", "only=x"), written);
    assertEquals(Map.of("k", "b", "new", "y"), behind.all());
    assertEquals(
        List.of("k=a", "only=x", "k=b", "new=y"),
        writtenAfter(WorkerExecutor.LAZY_LIMIT),
        "nobody need put anything else for it");
    assertEquals(0, behind.size());
  }

  @Test
  void whatIsForgottenOnItsWayDoesNotComeBackWhenTheWriteFails() throws Exception {
    behind.put("k", "a", false);
    behind.put("l", "b", false);
    database.submit(tx -> {
      behind.forget("k");
      assertEquals(Map.of("l", "b"), behind.all());
      return 0;
    });
    beforeCommit = () -> {
      throw new IllegalStateException("the commit fails");
    };
    assertThrows(IllegalStateException.class, () -> database.worker().runDue());
    beforeCommit = () -> {};
    assertEquals(Map.of("l", "b"), behind.all());
    written.clear();
    behind.put("m", "c", false);
    commit();
    assertEquals(List.of("l=b", "m=c"), written);
  }

  /** What is written when so much time has passed, and nobody else writes. */
  private List<String> writtenAfter(Duration time) {
    nanos.set(time.toNanos());
    database.worker().runDue();
    return written;
  }

  @Test
  void whatHasTimeWaitsAsLongAsBulkMay() {
    behind.put("k", "a", false);
    assertEquals(List.of(), writtenAfter(WorkerExecutor.BULK_LIMIT.minusMillis(1)));
    assertEquals(List.of("k=a"), writtenAfter(WorkerExecutor.BULK_LIMIT));
  }

  @Test
  void whatIsNewsTakesAllAlongAndWaitsNoLongerThanALazyWrite() {
    behind.put("k", "a", false);
    behind.put("l", "b", true);
    assertEquals(List.of(), writtenAfter(WorkerExecutor.LAZY_LIMIT.minusMillis(1)));
    assertEquals(List.of("k=a", "l=b"), writtenAfter(WorkerExecutor.LAZY_LIMIT));
    behind.put("m", "c", true);
    assertEquals(
        List.of("k=a", "l=b", "m=c"), writtenAfter(WorkerExecutor.LAZY_LIMIT.multipliedBy(2)));
  }

  @Test
  void manyBytesAreInAHurry() {
    behind.put("k", "x".repeat(WriteBehind.MAX_BYTES / 2), false);
    behind.put("l", "y".repeat(WriteBehind.MAX_BYTES / 2 - 1), false);
    assertEquals(List.of(), writtenAfter(WorkerExecutor.LAZY_LIMIT));
    behind.put("l", "z", false);
    assertEquals(2, writtenAfter(WorkerExecutor.LAZY_LIMIT.multipliedBy(2)).size());
  }

  @Test
  void manyChangesAreInAHurry() {
    for (int i = 0; i < WriteBehind.BATCH - 1; i++) {
      behind.put("k" + i, "x", false);
    }
    assertEquals(List.of(), writtenAfter(WorkerExecutor.LAZY_LIMIT));
    behind.put("last", "x", false);
    assertEquals(
        WriteBehind.BATCH,
        writtenAfter(WorkerExecutor.LAZY_LIMIT.multipliedBy(2)).size());
  }

  @Test
  void flushingWritesEveryBatch() throws Exception {
    database.unattended();
    for (int i = 0; i < WriteBehind.BATCH * 2 + 1; i++) {
      behind.put("k" + i, "x", false);
    }
    behind.flush();
    assertEquals(WriteBehind.BATCH * 2 + 1, written.size());
    assertEquals(0, behind.size());
    behind.flush();
    assertEquals(WriteBehind.BATCH * 2 + 1, written.size());
  }

  @Test
  void whoeverFlushesLearnsWhyItFailedAndNothingIsLost() throws Exception {
    database.unattended();
    behind.put("k", "a", false);
    failing = true;
    assertThrows(StoreException.Transient.class, behind::flush);
    assertEquals(Map.of("k", "a"), behind.all());
    failing = false;
    behind.flush();
    assertEquals(List.of("k=a"), written);
  }

  @Test
  void anInterruptedFlushSaysSoAndKeepsWhatWaits() {
    behind.put("k", "a", false);
    Thread.currentThread().interrupt();
    assertThrows(StoreException.Transient.class, behind::flush);
    assertTrue(Thread.interrupted(), "the sign is left for the caller");
    assertEquals(Map.of("k", "a"), behind.all());
  }

  @Test
  void anInterruptedPutIsNotedAllTheSame() throws Exception {
    Thread.currentThread().interrupt();
    behind.put("k", "a", true);
    assertTrue(Thread.interrupted());
    behind.put("l", "b", false);
    commit();
    assertEquals(List.of("k=a", "l=b"), written);
  }

  @Test
  void aClosedStoreIsToldToWhoFlushes() {
    behind.put("k", "a", false);
    database.close();
    written.clear();
    behind.put("k", "b", false);
    assertFalse(behind.all().isEmpty());
    assertThrows(StoreException.Closed.class, behind::flush);
  }

  /** Lets time pass in which nobody changes anything. */
  private void pass(Duration time) {
    Duration step = Duration.ofSeconds(1);
    for (Duration left = time; !left.isNegative(); left = left.minus(step)) {
      nanos.addAndGet(step.toNanos());
      database.worker().runDue();
    }
  }

  @Test
  void whatOneBatchLeavesOverIsWrittenThoughNothingElseHappens() {
    int changes = WriteBehind.BATCH + 50;
    for (int i = 0; i < changes; i++) {
      behind.put("k" + i, "x", true);
    }
    pass(Duration.ofMinutes(10));
    assertEquals(changes, written.size());
    assertEquals(0, behind.size());
    assertEquals(0, database.worker().waiting());
  }

  @Test
  void whatFailedIsWrittenThoughNothingElseHappens() {
    behind.put("k", "a", true);
    failing = true;
    pass(Duration.ofMinutes(2));
    assertEquals(Optional.of("a"), behind.of("k"));
    failing = false;
    pass(Duration.ofMinutes(2));
    assertEquals(List.of("k=a"), written);
  }

  @Test
  void whatTheStoreRefusesIsGivenUpAndHoldsUpNothingElse() {
    poison.addAll(Set.of("k7", "k99"));
    for (int i = 0; i < 150; i++) {
      behind.put("k" + i, "x", true);
    }
    pass(Duration.ofMinutes(10));
    assertEquals(148, written.stream().distinct().count());
    assertEquals(0, behind.size());
    assertEquals(2, behind.refused());
  }

  @Test
  void aFlushGoesOnPastWhatTheStoreRefuses() throws Exception {
    poison.add("k1");
    database.unattended();
    for (int i = 0; i < 4; i++) {
      behind.put("k" + i, "x", false);
    }
    behind.flush();
    assertEquals(Set.of("k0=x", "k2=x", "k3=x"), new HashSet<>(written));
    assertEquals(1, behind.refused());
  }

  @Test
  void whatWaitsIsBounded() throws Exception {
    String half = "x".repeat(LIMIT_BYTES / 2);
    assertTrue(behind.put("a", half, false));
    assertTrue(behind.put("b", half, false));
    assertFalse(behind.put("c", "x", false));
    commit();
    assertTrue(behind.put("c", "x", false));
  }

  @Test
  void aPluginIsToldWhenTooMuchOfItWaits() throws Exception {
    TestClock clock = new TestClock(Instant.EPOCH);
    PluginData data = new SqlPluginData(database, "p", new TimeIds(new Random(1)), clock);
    String most = "ü".repeat(PluginData.MAX_VALUE_BYTES / 2);
    for (int i = 0; i < 15; i++) {
      data.append("s", "log", most, 100);
    }
    assertThrows(StoreException.Full.class, () -> data.append("s", "log", most, 100));
    commit();
    data.append("s", "log", most, 100);
    assertEquals(16, data.list("s", "log").size());
  }
}
