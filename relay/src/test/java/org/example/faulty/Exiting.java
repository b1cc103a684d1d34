package org.example.faulty;

import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginResult;

/** Ends the process that it runs in. */
public final class Exiting extends Faulty {
  @Override
  String name() {
    return "exit";
  }

  @Override
  PluginResult mischief(PluginContext lent) {
    System.exit(0);
    return PluginResult.pass();
  }
}
