package org.longwire.relay.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.longwire.relay.store.repository.PluginData;

abstract class PluginDataContract extends RepositoryContract {
  @Test
  void whatIsWrittenIsReadAtOnceAndAfterARestart() throws Exception {
    PluginData data = backend.plugin("weather");
    data.set("!a11ce000", "place", "Tromsø 🌌");
    data.set(PluginData.OWN, "place", "mine");
    for (int i = 0; i < 2; i++) {
      assertEquals(Optional.of("Tromsø 🌌"), data.get("!a11ce000", "place"));
      assertEquals(Optional.of("mine"), data.get(PluginData.OWN, "place"));
      assertTrue(data.get("!a11ce000", "Place").isEmpty());
      data.flush();
      backend.reopen();
      data = backend.plugin("weather");
    }
    assertTrue(backend.plugin("other").get(PluginData.OWN, "place").isEmpty());
  }

  @Test
  void theLastWordCounts() throws Exception {
    PluginData data = backend.plugin("p");
    data.set("s", "k", "1");
    data.flush();
    data.set("s", "k", "2");
    data.delete("s", "k");
    assertTrue(data.get("s", "k").isEmpty());
    data.set("s", "k", "3");
    assertEquals(Optional.of("3"), data.get("s", "k"));
    data.flush();
    data.delete("s", "k");
    assertTrue(data.get("s", "k").isEmpty());
    data.flush();
    assertTrue(backend.plugin("p").get("s", "k").isEmpty());
  }

  @Test
  void aListKeepsItsOrderAndItsLengthAcrossWrites() throws Exception {
    PluginData data = backend.plugin("p");
    for (int i = 1; i <= 7; i++) {
      data.append("s", "log", "i" + i, 5);
      if (i % 2 == 0) {
        data.flush();
      }
    }
    List<String> last = List.of("i3", "i4", "i5", "i6", "i7");
    assertEquals(last, data.list("s", "log"));
    data.flush();
    assertEquals(last, data.list("s", "log"));
    backend.reopen();
    assertEquals(last, backend.plugin("p").list("s", "log"));
  }

  @Test
  void aListKeepsItsOrderWhenTheClockGoesBack() throws Exception {
    PluginData data = backend.plugin("p");
    data.append("s", "log", "first", 5);
    backend.clock.pass(Duration.ofHours(-1));
    data.append("s", "log", "second", 5);
    assertEquals(List.of("first", "second"), data.list("s", "log"));
  }

  @Test
  void deletingTakesTheListToo() throws Exception {
    PluginData data = backend.plugin("p");
    data.append("s", "log", "old", 5);
    data.flush();
    data.delete("s", "log");
    data.append("s", "log", "new", 5);
    assertEquals(List.of("new"), data.list("s", "log"));
    data.flush();
    assertEquals(List.of("new"), data.list("s", "log"));
  }

  @Test
  void aBatchIsDurableAsAWholeOrNotAtAll() throws Exception {
    PluginData data = backend.plugin("p");
    data.set("s", "before", "1");
    data.batch(batch -> {
      batch.set("s", "a", "1");
      batch.append("s", "log", "x", 3);
      assertEquals(Optional.of("1"), batch.get("s", "a"));
      assertEquals(Optional.of("1"), batch.get("s", "before"));
      assertEquals(List.of("x"), batch.list("s", "log"));
      assertTrue(data.get("s", "a").isEmpty());
    });
    IllegalStateException bug = new IllegalStateException("a bug");
    assertSame(
        bug,
        assertThrows(
            IllegalStateException.class,
            () -> data.batch(batch -> {
              batch.set("s", "a", "2");
              throw bug;
            })));
    backend.reopen();
    PluginData again = backend.plugin("p");
    assertEquals(Optional.of("1"), again.get("s", "a"));
    assertEquals(Optional.of("1"), again.get("s", "before"));
    assertEquals(List.of("x"), again.list("s", "log"));
  }

  @Test
  void whatDoesNotFitIsRefused() throws Exception {
    PluginData data = backend.plugin("p");
    String most = "x".repeat(PluginData.MAX_VALUE_BYTES);
    data.set("s", "k", most);
    data.flush();
    assertEquals(Optional.of(most), data.get("s", "k"));
    assertThrows(IllegalArgumentException.class, () -> data.set("s", "k", most + "x"));
    assertThrows(IllegalArgumentException.class, () -> data.append("s", "k", "x", 0));
    assertThrows(IllegalArgumentException.class, () -> data.set("s", "k ", "x"));
    assertThrows(
        IllegalArgumentException.class,
        () -> data.batch(batch -> {
          for (int i = 0; i <= SqlPluginData.MAX_BATCH; i++) {
            batch.set("s", "k" + i, "x");
          }
        }));
  }

  @Test
  void manyChangesOfManyKeysAllArrive() throws Exception {
    PluginData data = backend.plugin("p");
    for (int i = 0; i < 1_000; i++) {
      data.set("s", "k" + i, "v" + i);
    }
    data.flush();
    backend.reopen();
    assertEquals(Optional.of("v0"), backend.plugin("p").get("s", "k0"));
    assertEquals(Optional.of("v999"), backend.plugin("p").get("s", "k999"));
  }

  /** What the host of plugins lets through has to fit here. */
  @Test
  void aMegabyteOfValuesIsABatchHoweverManyTheyAre() throws Exception {
    PluginData data = backend.plugin("p");
    String part = "x".repeat(1024 * 1024 / SqlPluginData.MAX_BATCH);
    data.batch(batch -> {
      for (int i = 0; i < SqlPluginData.MAX_BATCH; i++) {
        batch.set("s", "k" + i, part);
      }
    });
    assertEquals(SqlPluginData.MAX_BATCH, data.keys("s").size());
  }

  @Test
  void aBatchOfTooManyBytesIsRefused() {
    String most = "ü".repeat(PluginData.MAX_VALUE_BYTES / 2);
    assertThrows(IllegalArgumentException.class, () -> backend.plugin("p").batch(batch -> {
      for (int i = 0; i <= SqlPluginData.MAX_BATCH_BYTES / PluginData.MAX_VALUE_BYTES; i++) {
        batch.append("s", "log", most, 100);
      }
    }));
  }

  @Test
  void theKeysOfAScopeAreThoseOfItsValuesAndLists() throws Exception {
    PluginData data = backend.plugin("p");
    data.set("s", "value", "1");
    data.append("s", "list", "x", 5);
    data.set("s", "gone", "1");
    data.set("other", "elsewhere", "1");
    for (int i = 0; i < 2; i++) {
      assertEquals(List.of("gone", "list", "value"), data.keys("s"));
      data.flush();
    }
    data.delete("s", "gone");
    data.batch(batch -> {
      batch.set("s", "new", "1");
      batch.delete("s", "list");
      assertEquals(List.of("new", "value"), batch.keys("s"));
      assertEquals(List.of("list", "value"), data.keys("s"));
    });
    assertEquals(List.of("new", "value"), data.keys("s"));
    assertEquals(List.of(), backend.plugin("q").keys("s"));
  }

  @Test
  void whatIsKeptIsCountedInBytesAndRows() throws Exception {
    PluginData data = backend.plugin("p");
    assertEquals(new PluginData.Kept(0, 0), data.kept());
    data.set("s", "k", "ü");
    data.append("s", "log", "one", 2);
    data.append("s", "log", "two", 2);
    PluginData.Kept all = new PluginData.Kept(1 + 2 + 2 * (3 + 3), 3);
    assertEquals(all, data.kept());
    data.flush();
    assertEquals(all, data.kept());
    data.append("s", "log", "three", 2);
    data.batch(batch -> {
      batch.set(PluginData.OWN, "k", "");
      assertEquals(5, batch.kept().rows());
    });
    assertEquals(new PluginData.Kept(1 + 2 + (3 + 3) + (3 + 5) + 1, 4), data.kept());
    assertEquals(new PluginData.Kept(0, 0), backend.plugin("q").kept());
  }
}
