package org.longwire.plugins.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.Interest;
import org.longwire.plugins.api.Plugin;
import org.longwire.plugins.api.Schedule;
import org.longwire.plugins.api.Setting;

/**
 * What a plugin says of itself before it is started.
 *
 * @param problems what is wrong with its section of the configuration, a sentence each; with any,
 *     it is not started and has no schedules
 * @param claims of messages alone: nothing else is waited for
 */
public record Declarations(
    String description,
    List<Setting<?>> settings,
    List<String> problems,
    List<Command> commands,
    Set<Interest> interests,
    Set<Interest> claims,
    List<Schedule> schedules,
    int priority) {
  public Declarations {
    settings = List.copyOf(settings);
    problems = List.copyOf(problems);
    commands = List.copyOf(commands);
    interests = Set.copyOf(interests);
    claims = Set.copyOf(claims);
    schedules = List.copyOf(schedules);
    if (!claims.stream().allMatch(Interest::isMessages)) {
      throw new IllegalArgumentException(
          "claims() may name MESH_TEXTS and ROOM_MESSAGES alone; take the others out");
    }
  }

  /**
   * What is supposed of a plugin that has never been asked: a command of its own name, behind those
   * of all others.
   */
  public static Declarations supposed(String id) {
    List<Command> commands =
        List.of(Command.of(id, "", "of a plugin that has not been started yet"));
    return new Declarations(
        "", List.of(), List.of(), commands, Set.of(), Set.of(), List.of(), Integer.MAX_VALUE);
  }

  /**
   * Asks a plugin; what it throws comes through, and a null in what it says is a
   * {@link NullPointerException}.
   *
   * @param written what stands in its section, see {@link Caller#declare}
   */
  public static Declarations of(Plugin plugin, Map<String, Object> written) {
    List<Setting<?>> settings = List.copyOf(plugin.settings());
    CheckedSettings checked = new CheckedSettings(settings, written);
    List<String> problems = new ArrayList<>(checked.problems());
    if (problems.isEmpty()) {
      problems.addAll(plugin.check(checked));
    }
    List<Schedule> schedules = problems.isEmpty() ? plugin.schedules(checked) : List.of();
    return new Declarations(
        plugin.description(),
        settings,
        problems,
        plugin.commands(),
        plugin.interests(),
        plugin.claims(),
        schedules,
        plugin.priority());
  }
}
