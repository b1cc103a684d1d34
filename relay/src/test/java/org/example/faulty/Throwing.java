package org.example.faulty;

import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginResult;

/** Throws, each time something else. */
public final class Throwing extends Faulty {
  private int turn;

  @Override
  String name() {
    return "throw";
  }

  @Override
  PluginResult mischief(PluginContext lent) throws Exception {
    turn++;
    if (turn % 3 == 0) {
      throw new StackOverflowError("as if");
    }
    if (turn % 3 == 1) {
      throw new java.io.IOException("the cellar is flooded");
    }
    throw new IllegalStateException("\u001b[31mred\nlines");
  }
}
