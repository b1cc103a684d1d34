package org.longwire.relay.command;

import java.util.List;
import java.util.Set;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.Command.Where;
import org.longwire.relay.store.StoreException;

/**
 * One thing that the relay does when it is asked. Its role stands in the configuration, under
 * {@code commands.roles}.
 */
interface OwnCommand {
  /** One word of small letters. */
  String name();

  /** Other words for it. */
  default List<String> aliases() {
    return List.of();
  }

  /** What it does, in a few words that go on from "it". */
  String help();

  /** How it is written, without the exclamation mark. */
  String example();

  /** Where it makes sense. */
  default Set<Where> where() {
    return Set.of(Where.values());
  }

  /** The same as those of plugins are declared. */
  default Command declared(Command.Role role) {
    return new Command(
        name(), aliases(), example().substring(name().length()).strip(), help(), where(), role);
  }

  /** Does it, and says what there is to say. */
  Reply run(Request request) throws StoreException, InterruptedException;
}
