package org.example.faulty;

import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginResult;

/** Hangs, and does not listen to anybody. */
public final class Hanging extends Faulty {
  @Override
  String name() {
    return "hang";
  }

  @Override
  PluginResult mischief(PluginContext lent) {
    while (true) {
      try {
        Thread.sleep(Long.MAX_VALUE);
      } catch (InterruptedException deaf) {
        continue;
      }
    }
  }
}
