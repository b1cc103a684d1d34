package org.example.faulty;

import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginResult;

/** Claims what it hears, long after the message has gone its way. */
public final class Late extends Faulty {
  private static final long FAR_TOO_LATE_MILLIS = 500;

  @Override
  String name() {
    return "late";
  }

  @Override
  PluginResult mischief(PluginContext lent) throws InterruptedException {
    Thread.sleep(FAR_TOO_LATE_MILLIS);
    return PluginResult.handled();
  }
}
