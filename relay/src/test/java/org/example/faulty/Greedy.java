package org.example.faulty;

import java.util.ArrayList;
import java.util.List;
import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginResult;

/** Takes a gigabyte, in pieces, and keeps it. */
public final class Greedy extends Faulty {
  private final List<byte[]> kept = new ArrayList<>();

  @Override
  String name() {
    return "greedy";
  }

  @Override
  PluginResult mischief(PluginContext lent) {
    for (int i = 0; i < 1024; i++) {
      kept.add(new byte[1024 * 1024]);
    }
    return PluginResult.handled();
  }
}
