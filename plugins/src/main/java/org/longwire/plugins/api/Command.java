package org.longwire.plugins.api;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A command that a plugin answers.
 *
 * @param name one word of small letters, digits and dashes, without the exclamation mark
 * @param aliases other such words for it
 * @param usage what goes behind the name, such as {@code "[place]"}; perhaps empty
 * @param description what it does, in a few words that go on from "it"
 * @param where it makes sense
 * @param role who may use it, unless configured otherwise; a node of the mesh is somebody more than
 *     {@link Role#EVERYONE} only by its public key
 */
public record Command(
    String name,
    List<String> aliases,
    String usage,
    String description,
    Set<Where> where,
    Role role) {
  private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9-]{0,31}");

  /** @throws IllegalArgumentException if a name is no such word */
  public Command {
    aliases = List.copyOf(aliases);
    where = Set.copyOf(where);
    for (String word : List.copyOf(aliases)) {
      check(word);
    }
    check(name);
  }

  private static void check(String word) {
    if (!WORD.matcher(word).matches()) {
      throw new IllegalArgumentException(
          "a command is one word of small letters, digits and dashes, not " + word);
    }
  }

  /** A command for everybody and everywhere. */
  public static Command of(String name, String usage, String description) {
    return new Command(name, List.of(), usage, description, Set.of(Where.values()), Role.EVERYONE);
  }

  /** The same with other words for it. */
  public Command or(String... others) {
    return new Command(name, List.of(others), usage, description, where, role);
  }

  /** The same in these places only. */
  public Command in(Where... places) {
    return new Command(name, aliases, usage, description, Set.of(places), role);
  }

  /** The same for this role only. */
  public Command by(Role other) {
    return new Command(name, aliases, usage, description, where, other);
  }

  /** Where a command may be given. */
  public enum Where {
    /** In a bridged room. */
    ROOM,
    /** In the room of a person and a node. */
    PRIVATE_ROOM,
    /** On a channel of the mesh. */
    CHANNEL,
    /** By a direct message to our node. */
    DIRECT
  }

  /** Who may use a command; each may all that the ones before it may. */
  public enum Role {
    EVERYONE,
    /** A power of 50 or more in the room. */
    MODERATOR,
    /**
     * A power of 100 in the room, or somebody of {@code commands.admins} or
     * {@code commands.mesh-admins}.
     */
    ADMIN,
    NOBODY
  }
}
