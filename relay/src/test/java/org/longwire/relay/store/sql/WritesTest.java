package org.longwire.relay.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.Options;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.WorkerExecutor;

/** Whoever is interrupted while a store keeps him waiting is told, and keeps the sign. */
class WritesTest {
  private Database database;

  @BeforeEach
  void open() throws Exception {
    database = Database.open(Database.MEMORY, Options.store());
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void fill() throws Exception {
    for (int i = 0; i < WorkerExecutor.QUEUE_LIMIT; i++) {
      database.submitLazy(tx -> 0);
    }
  }

  private static void assertInterrupted(CompletableFuture<Integer> write) {
    assertTrue(Thread.interrupted());
    assertInstanceOf(
        StoreException.Transient.class,
        assertThrows(ExecutionException.class, write::get).getCause());
  }

  @Test
  void aDurableWriteThatNobodyCommits() {
    Thread.currentThread().interrupt();
    assertThrows(StoreException.Transient.class, () -> Writes.durable(database, tx -> 1));
    assertTrue(Thread.interrupted());
  }

  @Test
  void aLazyOrBulkWriteThatFindsNoRoom() throws Exception {
    fill();
    Thread.currentThread().interrupt();
    assertInterrupted(Writes.lazy(database, tx -> 1));
    Thread.currentThread().interrupt();
    assertInterrupted(Writes.bulk(database, tx -> 1, 10));
  }

  @Test
  void othersAreNotDisturbed() throws Exception {
    CompletableFuture<Integer> lazy = Writes.lazy(database, tx -> 1);
    CompletableFuture<Integer> bulk = Writes.bulk(database, tx -> 2, 10);
    database.unattended();
    int durable = Writes.durable(database, tx -> 3);
    assertEquals(3, durable);
    assertEquals(1, lazy.get());
    assertEquals(2, bulk.get());
  }
}
