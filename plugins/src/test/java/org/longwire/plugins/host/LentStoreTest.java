package org.longwire.plugins.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.plugins.api.Limits;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.PluginException.QuotaSpent;
import org.longwire.plugins.api.PluginException.Refused;
import org.longwire.plugins.api.PluginStore;

/** What a plugin keeps, and what it gathers to be kept: within bounds. */
class LentStoreTest {
  @TempDir
  Path data;

  private HostRig rig;
  private ScriptedPlugin plugin;
  private HandServices services;
  private PluginHost host;

  @BeforeEach
  void setUp() {
    rig = new HostRig(data);
    services = rig.services("x");
    plugin = rig.add("x");
    host = rig.byHand();
  }

  private void inCall(HostRig.Act act) {
    rig.inCall(host, "x", plugin, act);
  }

  @Test
  void aBatchSeesItselfAndReachesTheDiskTogetherOrNotAtAll() {
    inCall(context -> {
      context.store().set("", "a", "old");
      context.store().append("", "l", "1", 2);
      context.store().batch(batch -> {
        batch.set("", "a", "new");
        batch.append("", "l", "2", 2);
        batch.append("", "l", "3", 2);
        batch.batch(inner -> inner.set("", "b", "inner"));
        assertEquals(Optional.of("new"), batch.get("", "a"));
        assertEquals(List.of("2", "3"), batch.list("", "l"));
        assertEquals(List.of("a", "b", "l"), batch.keys(""));
        assertEquals(Optional.of("old"), context.store().get("", "a"));
      });
      assertEquals(Optional.of("new"), context.store().get("", "a"));
      assertThrows(Refused.class, () -> context.store().batch(batch -> {
        batch.delete("", "a");
        assertEquals(Optional.empty(), batch.get("", "a"));
        throw new PluginException.Refused("changed its mind");
      }));
      assertEquals(Optional.of("new"), context.store().get("", "a"));
      assertEquals(List.of("2", "3"), context.store().list("", "l"));
    });
    assertEquals(List.of(4), services.batches);
  }

  @Test
  void whatABatchGathersHasAnEndTogetherWithThoseInsideIt() {
    String block = "x".repeat(60 * 1024);
    inCall(context -> {
      PluginStore.Batch batch = context.store().batch();
      PluginStore.Batch inner = batch.batch();
      for (int i = 0; i < 8; i++) {
        batch.set("", "a" + i, block);
        inner.set("", "b" + i, block);
      }
      inner.set("", "c", block);
      assertThrows(Refused.class, () -> batch.set("", "d", block));
      assertThrows(Refused.class, () -> inner.batch().set("", "d", block));
      inner.commit();
      assertThrows(Refused.class, () -> batch.set("", "d", block));
      batch.close();
      batch.set("", "d", block);
      for (int i = 1; i < Limits.BATCH; i++) {
        batch.delete("", "e" + i);
      }
      assertThrows(Refused.class, () -> batch.batch().delete("", "f"));
    });
    assertEquals(List.of(), services.batches);
  }

  @Test
  void whatItKeepsHasAnEndAndMayBeChangedAtTheEnd() {
    String block = "x".repeat(60 * 1024);
    inCall(context -> {
      int kept = 0;
      while (kept < 17) {
        context.store().set("", "key " + kept, block);
        kept++;
      }
      rig.nanos.addAndGet(Duration.ofMinutes(5).toNanos());
      QuotaSpent spent =
          assertThrows(QuotaSpent.class, () -> context.store().set("", "more", block));
      assertTrue(spent.getMessage().contains("has to delete something"), spent.getMessage());
    });
    inCall(context -> {
      context.store().set("", "key 1", "y".repeat(60 * 1024));
      assertThrows(QuotaSpent.class, () -> context.store().set("", "more", block));
      context.store().delete("", "key 2");
      context.store().set("", "more", block);
    });
  }

  @Test
  void aBatchThatChangesOneKeyOverAndOverMakesNoRoomByIt() {
    String block = "x".repeat(60 * 1024);
    inCall(context -> {
      for (int i = 0; i < 17; i++) {
        context.store().set("", "key " + i, block);
      }
      rig.nanos.addAndGet(Duration.ofMinutes(5).toNanos());
      assertThrows(QuotaSpent.class, () -> context.store().batch(batch -> {
        for (int i = 0; i < 10; i++) {
          batch.set("", "key 1", block);
        }
        batch.set("", "more", block);
      }));
      rig.nanos.addAndGet(Duration.ofMinutes(5).toNanos());
      context.store().batch(batch -> {
        batch.delete("", "key 1");
        batch.set("", "more", block);
      });
    });
    assertEquals(17, services.kept().rows());
  }

  @Test
  void whatIsKeptUnderALongScopeMakesNoMoreRoomThanItTook() {
    String scope = "s".repeat(200);
    inCall(context -> {
      for (int i = 0; i < 15; i++) {
        context.store().set("", "key " + i, "x".repeat(64 * 1024 - 50));
      }
      for (int i = 0; i < 20; i++) {
        context.store().append(scope, "list " + i, "x".repeat(2_900), 1);
        rig.nanos.addAndGet(Duration.ofMinutes(5).toNanos());
      }
      assertThrows(QuotaSpent.class, () -> context.store().batch(batch -> {
        for (int i = 0; i < 20; i++) {
          batch.delete(scope, "list " + i);
        }
        batch.set("", "more", "x".repeat(60_000));
        batch.set("", "yet more", "x".repeat(8_000));
      }));
      context.store().batch(batch -> {
        for (int i = 0; i < 20; i++) {
          batch.append(scope, "list " + i, "y".repeat(2_900), 1);
        }
      });
    });
    assertEquals(35, services.kept().rows());
  }

  @Test
  void whatItWritesHasAPace() {
    inCall(context -> {
      String block = "x".repeat(60 * 1024);
      assertThrows(QuotaSpent.class, () -> {
        for (int i = 0; i < 100; i++) {
          context.store().set("", "one", block);
        }
      });
    });
  }

  @Test
  void aValueAKeyAndAListHaveLimits() {
    inCall(context -> {
      assertThrows(Refused.class, () -> context.store().set("", "k", "x".repeat(65 * 1024)));
      assertThrows(Refused.class, () -> context.store().set("", "k".repeat(300), "x"));
      assertThrows(Refused.class, () -> context.store().append("", "k", "x", 0));
      assertThrows(Refused.class, () -> context.store().append("", "k", "x", 10_001));
    });
  }
}
