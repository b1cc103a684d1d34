package org.example.faulty;

import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.longwire.plugins.api.Interest;
import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginResult;

/** Answers with nothing at all. */
@NullUnmarked
public final class Nonsense extends Faulty {
  @Override
  String name() {
    return "nonsense";
  }

  @Override
  public Set<Interest> claims() {
    return Set.of(Interest.MESH_TEXTS);
  }

  @Override
  PluginResult mischief(PluginContext lent) {
    return null;
  }
}
