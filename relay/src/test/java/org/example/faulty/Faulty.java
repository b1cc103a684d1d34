package org.example.faulty;

import java.util.List;
import java.util.Set;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.Interest;
import org.longwire.plugins.api.MeshHeard;
import org.longwire.plugins.api.Plugin;
import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.api.RoomSaid;

/** Claims every message there is, and does its mischief with each. */
abstract class Faulty implements Plugin {
  private PluginContext context;

  /** Does it. */
  abstract PluginResult mischief(PluginContext lent) throws Exception;

  /** The command by which it is asked for more of it. */
  abstract String name();

  @Override
  public Set<Interest> interests() {
    return Set.of(Interest.MESH_TEXTS, Interest.ROOM_MESSAGES);
  }

  @Override
  public Set<Interest> claims() {
    return interests();
  }

  @Override
  public List<Command> commands() {
    return List.of(Command.of(name(), "", "does what nobody wants"));
  }

  @Override
  public void start(PluginContext lent) {
    context = lent;
  }

  PluginContext context() {
    return context;
  }

  @Override
  public PluginResult onMesh(MeshHeard heard) throws Exception {
    return mischief(context);
  }

  @Override
  public PluginResult onRoom(RoomSaid said) throws Exception {
    return mischief(context);
  }

  @Override
  public PluginResult onCommand(CommandCall call) throws Exception {
    return mischief(context);
  }
}
