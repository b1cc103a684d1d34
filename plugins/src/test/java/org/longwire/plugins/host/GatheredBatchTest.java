package org.longwire.plugins.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.longwire.plugins.api.Limits;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.PluginException.Refused;
import org.longwire.plugins.api.PluginStore;

class GatheredBatchTest {
  private final List<StoreChange> written = new ArrayList<>();

  /** Over a store that is never read here. */
  private final PluginStore.Batch store =
      new GatheredBatch(null, Limits.STORE_BYTES, written::addAll);

  @Test
  void aBatchHoldsAsManyChangesAsItMay() throws PluginException {
    store.batch(batch -> set(batch, Limits.BATCH));
    assertEquals(List.of(), written);

    store.commit();
    assertEquals(Limits.BATCH, written.size());
  }

  @Test
  void oneChangeMoreIsRefusedBeforeAnythingIsWritten() throws PluginException {
    Refused refused =
        assertThrows(Refused.class, () -> store.batch(batch -> set(batch, Limits.BATCH + 1)));
    assertEquals(
        "a batch has at most 500 changes of 1024 KB in all; make more of them in several batches",
        refused.getMessage());

    store.commit();
    assertEquals(List.of(), written);
  }

  @Test
  void anInnerBatchThatDoesNotFitIsRefusedWhole() throws PluginException {
    set(store, Limits.BATCH - 1);
    assertThrows(Refused.class, () -> store.batch(inner -> set(inner, 2)));

    store.commit();
    assertEquals(Limits.BATCH - 1, written.size());
  }

  private static void set(PluginStore to, int keys) throws PluginException {
    for (int i = 0; i < keys; i++) {
      to.set(PluginStore.OWN, "key " + i, "x");
    }
  }
}
