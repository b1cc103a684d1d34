package org.example.faulty;

import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginResult;

/** Computes for ever. */
public final class Busy extends Faulty {
  @Override
  String name() {
    return "busy";
  }

  @Override
  PluginResult mischief(PluginContext lent) {
    double sum = 0;
    for (long i = 0; i >= 0; i = (i + 1) & Long.MAX_VALUE) {
      sum += Math.sqrt(i);
    }
    return PluginResult.reply(Double.toString(sum));
  }
}
