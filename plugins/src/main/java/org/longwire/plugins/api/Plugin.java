package org.longwire.plugins.api;

import java.util.List;
import java.util.Set;

/**
 * Something that extends a relay. Override what you need; every method has a default that does
 * nothing. A plugin needs a public constructor without parameters, which does nothing either.
 *
 * <p>The declarations ({@link #description} to {@link #priority}) are asked for once, before
 * {@link #start}, and must be pure: they are also asked when the configuration is checked. All
 * methods are called on the plugin's own thread, one at a time. An exception out of any of them is
 * a fault, which is counted; {@link Limits} says what follows. A {@link PluginException} alone is
 * none: what the relay could not do may be let through, and the asker of a command reads it.
 */
public interface Plugin {
  /** What it does, in a few words that go on from "it", such as "says how the weather is". */
  default String description() {
    return "";
  }

  /** The keys of its section of the configuration. */
  default List<Setting<?>> settings() {
    return List.of();
  }

  /**
   * What the forms of single settings cannot say.
   *
   * @return a sentence with its cure for each thing that is wrong; empty if all is well
   */
  default List<String> check(Settings settings) {
    return List.of();
  }

  /** The commands that it answers in {@link #onCommand}. */
  default List<Command> commands() {
    return List.of();
  }

  /** What it wants to hear of; nothing by default, as hearing costs. */
  default Set<Interest> interests() {
    return Set.of();
  }

  /**
   * The messages among {@link #interests()} that it may keep from being relayed, by answering other
   * than {@link PluginResult#pass()} within {@link Limits#CLAIM}: {@link Interest#MESH_TEXTS} and
   * {@link Interest#ROOM_MESSAGES} alone, and of these what people say or set under it. Such
   * messages wait for the answer, so claim nothing unless you must: commands need no claim. When
   * many come at once, some are told after the fact.
   */
  default Set<Interest> claims() {
    return Set.of();
  }

  /** When {@link #onSchedule} is called. */
  default List<Schedule> schedules(Settings settings) {
    return List.of();
  }

  /** Its place among those who claim, the lowest first; an operator may decide otherwise. */
  default int priority() {
    return 100;
  }

  /**
   * The first call, within {@link Limits#START}. A plugin that throws here stays out.
   *
   * @param context to be kept for the other calls
   */
  default void start(PluginContext context) throws Exception {}

  /** Something was heard on a mesh that it is interested in. */
  default PluginResult onMesh(MeshHeard heard) throws Exception {
    return PluginResult.pass();
  }

  /** Something was said in a bridged room that it is interested in. */
  default PluginResult onRoom(RoomSaid said) throws Exception {
    return PluginResult.pass();
  }

  /**
   * One of its commands was given, by somebody who may. A command is no message any more: it is
   * never relayed, whatever becomes of it.
   */
  default PluginResult onCommand(CommandCall call) throws Exception {
    return PluginResult.pass();
  }

  /**
   * It is time for something.
   *
   * @param schedule the name of one of its {@link #schedules}
   */
  default void onSchedule(String schedule) throws Exception {}

  /** The last call, within {@link Limits#START}; what it stored is written after it. */
  default void stop() throws Exception {}
}
