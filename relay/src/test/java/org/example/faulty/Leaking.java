package org.example.faulty;

import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginResult;

/** Starts threads and forgets them. */
public final class Leaking extends Faulty {
  @Override
  String name() {
    return "leak";
  }

  @Override
  PluginResult mischief(PluginContext lent) {
    for (int i = 0; i < 500; i++) {
      Thread thread = new Thread(() -> {
        try {
          Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException end) {
          Thread.currentThread().interrupt();
        }
      });
      thread.start();
    }
    return PluginResult.pass();
  }
}
