package org.example.faulty;

import java.util.ArrayList;
import java.util.List;
import org.longwire.plugins.api.MeshHeard;
import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.api.RoomSaid;

/** Looks for what is not its own. */
public final class Escaping extends Faulty {
  private static final List<String> SECRETS = List.of(
      "org.longwire.relay.Daemon",
      "org.longwire.relay.store.DatabaseManager",
      "org.longwire.plugins.host.PluginHost",
      "org.longwire.plugins.builtin.BuiltIn",
      "org.longwire.matrix.HttpHomeserver",
      "org.longwire.radio.RadioSession",
      "com.google.gson.Gson",
      "org.sqlite.JDBC");

  @Override
  String name() {
    return "escape";
  }

  @Override
  public PluginResult onMesh(MeshHeard heard) {
    mischief(context());
    return PluginResult.pass();
  }

  @Override
  public PluginResult onRoom(RoomSaid said) {
    mischief(context());
    return PluginResult.pass();
  }

  @Override
  PluginResult mischief(PluginContext lent) {
    List<String> found = new ArrayList<>();
    for (String name : SECRETS) {
      for (ClassLoader loader = getClass().getClassLoader();
          loader != null;
          loader = loader.getParent()) {
        try {
          found.add(Class.forName(name, false, loader).getName());
        } catch (ClassNotFoundException | LinkageError no) {
          continue;
        }
      }
    }
    System.getenv().keySet().stream()
        .filter(key -> key.startsWith("LONGWIRE") || key.startsWith("CREDENTIALS"))
        .forEach(found::add);
    return PluginResult.reply(found.isEmpty() ? "nothing" : String.join(", ", found));
  }
}
