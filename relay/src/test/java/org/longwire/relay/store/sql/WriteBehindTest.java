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
import org.longwire.relay.store.Database;
import org.longwire.relay.store.Options;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.Transaction;
import org.longwire.relay.store.repository.PluginData;

/** On a real database whose worker the test turns by hand; changes are texts that add up. */
class WriteBehindTest {
  @TempDir
  Path directory;

  private static final int LIMIT_BYTES = 1_000;

  private final AtomicLong nanos = new AtomicLong();
  private final List<String> written = new ArrayList<>();
  private final Set<String> poison = new HashSet<>();
  private Database database;
  private WriteBehind<String, String> behind;
  private boolean failing;

  @BeforeEach
  void open() throws Exception {
    database =
        Database.open(directory.resolve("store.db"), Options.store().withNanoTime(nanos::get));
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

  /** Lets time pass in which nobody changes anything. */
  private void pass(Duration time) {
    Duration step = Duration.ofSeconds(1);
    for (Duration left = time; !left.isNegative(); left = left.minus(step)) {
      nanos.addAndGet(step.toNanos());
      database.worker().runDue();
    }
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
    assertTrue(written.size() >= WriteBehind.BATCH);
    assertEquals(0, written.size() % WriteBehind.BATCH);
    assertEquals(WriteBehind.BATCH * 2 + 1 - written.size(), behind.size());
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

  @Test
  void aClosedStoreIsToldToWhoFlushes() {
    behind.put("k", "a", false);
    database.close();
    written.clear();
    behind.put("k", "b", false);
    assertFalse(behind.all().isEmpty());
    assertThrows(StoreException.Closed.class, behind::flush);
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
