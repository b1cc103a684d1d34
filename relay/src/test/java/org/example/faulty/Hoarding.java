package org.example.faulty;

import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.api.PluginStore;

/** Keeps everything a thousand times. */
public final class Hoarding extends Faulty {
  @Override
  String name() {
    return "hoard";
  }

  @Override
  PluginResult mischief(PluginContext lent) {
    for (int i = 0; i < 10_000; i++) {
      try {
        lent.store().set(PluginStore.OWN, "key " + i, "x".repeat(10_000));
      } catch (PluginException enough) {
        continue;
      }
    }
    return PluginResult.pass();
  }
}
