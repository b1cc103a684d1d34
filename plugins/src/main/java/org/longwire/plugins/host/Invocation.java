package org.longwire.plugins.host;

import java.time.Duration;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.Limits;
import org.longwire.plugins.api.MeshHeard;
import org.longwire.plugins.api.Plugin;
import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.api.RoomSaid;

/** One call of a plugin. What returns nothing there counts as {@link PluginResult.Pass}. */
public sealed interface Invocation {
  /** Makes the call, wherever the plugin is. */
  PluginResult make(Plugin plugin, PluginContext context) throws Exception;

  /** The method's name, for the journal. */
  String method();

  /** How long it may take. */
  default Duration limit() {
    return Limits.CALL;
  }

  record Start() implements Invocation {
    @Override
    public PluginResult make(Plugin plugin, PluginContext context) throws Exception {
      plugin.start(context);
      return PluginResult.pass();
    }

    @Override
    public Duration limit() {
      return Limits.START;
    }

    @Override
    public String method() {
      return "start";
    }
  }

  record MeshCall(MeshHeard heard) implements Invocation {
    @Override
    public PluginResult make(Plugin plugin, PluginContext context) throws Exception {
      return plugin.onMesh(heard);
    }

    @Override
    public String method() {
      return "onMesh";
    }
  }

  record RoomCall(RoomSaid said) implements Invocation {
    @Override
    public PluginResult make(Plugin plugin, PluginContext context) throws Exception {
      return plugin.onRoom(said);
    }

    @Override
    public String method() {
      return "onRoom";
    }
  }

  record CommandInvocation(CommandCall call) implements Invocation {
    @Override
    public PluginResult make(Plugin plugin, PluginContext context) throws Exception {
      return plugin.onCommand(call);
    }

    @Override
    public String method() {
      return "onCommand";
    }
  }

  record ScheduleCall(String schedule) implements Invocation {
    @Override
    public PluginResult make(Plugin plugin, PluginContext context) throws Exception {
      plugin.onSchedule(schedule);
      return PluginResult.pass();
    }

    @Override
    public String method() {
      return "onSchedule";
    }
  }

  record Stop() implements Invocation {
    @Override
    public PluginResult make(Plugin plugin, PluginContext context) throws Exception {
      plugin.stop();
      return PluginResult.pass();
    }

    @Override
    public Duration limit() {
      return Limits.START;
    }

    @Override
    public String method() {
      return "stop";
    }
  }
}
