package org.longwire.plugins.host;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.Interest;
import org.longwire.plugins.api.MeshHeard;
import org.longwire.plugins.api.Plugin;
import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.api.RoomSaid;
import org.longwire.plugins.api.Schedule;
import org.longwire.plugins.api.Setting;
import org.longwire.plugins.api.Settings;

/** A plugin that does what a test has it do. */
final class ScriptedPlugin implements Plugin {
  static final Setting<Integer> SIZE = Setting.whole("size", 3, 1, 9, "how large it is");

  final AtomicInteger starts = new AtomicInteger();
  final AtomicInteger stops = new AtomicInteger();
  final AtomicInteger heard = new AtomicInteger();
  List<Command> commands = List.of(Command.of("do", "", "does it"));
  List<Schedule> schedules = List.of();
  Set<Interest> interests = Set.of(Interest.MESH_TEXTS, Interest.ROOM_MESSAGES);
  Set<Interest> claims = Set.of();
  int priority = 100;
  volatile PluginContext context;
  volatile Callable<PluginResult> onHeard = PluginResult::pass;
  volatile Callable<PluginResult> onCommand = () -> PluginResult.reply("done");
  volatile Callable<PluginResult> onSchedule = PluginResult::pass;
  volatile Callable<PluginResult> onStart = PluginResult::pass;
  volatile Callable<PluginResult> onStop = PluginResult::pass;

  @Override
  public String description() {
    return "does what a test has it do";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(SIZE);
  }

  @Override
  public List<Command> commands() {
    return commands;
  }

  @Override
  public Set<Interest> interests() {
    return interests;
  }

  @Override
  public Set<Interest> claims() {
    return claims;
  }

  @Override
  public List<Schedule> schedules(Settings settings) {
    return schedules;
  }

  @Override
  public int priority() {
    return priority;
  }

  @Override
  public void start(PluginContext lent) throws Exception {
    starts.incrementAndGet();
    context = lent;
    onStart.call();
  }

  @Override
  public PluginResult onMesh(MeshHeard event) throws Exception {
    heard.incrementAndGet();
    return onHeard.call();
  }

  @Override
  public PluginResult onRoom(RoomSaid said) throws Exception {
    heard.incrementAndGet();
    return onHeard.call();
  }

  @Override
  public PluginResult onCommand(CommandCall call) throws Exception {
    return onCommand.call();
  }

  @Override
  public void onSchedule(String schedule) throws Exception {
    onSchedule.call();
  }

  @Override
  public void stop() throws Exception {
    stops.incrementAndGet();
    onStop.call();
  }
}
