package org.longwire.relay.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.Options;
import org.longwire.relay.store.StoreException;

/** On a real database whose worker the test turns by hand; changes are texts that add up. */
class WriteBehindTest {
  @TempDir
  Path directory;

  private final List<String> written = new ArrayList<>();
  private Database database;
  private WriteBehind<String, String> behind;
  private boolean failing;

  @BeforeEach
  void open() throws Exception {
    database = Database.open(directory.resolve("store.db"), Options.store());
    behind = new WriteBehind<>(
        database, new WriteBehind.Form<>(String::concat, String::length, (tx, key, change) -> {
          if (failing) {
            tx.update("INSERT INTO nowhere VALUES (1)");
          }
          written.add(key + "=" + change);
        }));
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
}
