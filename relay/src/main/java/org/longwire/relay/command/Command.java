package org.longwire.relay.command;

import java.util.List;
import org.longwire.relay.store.StoreException;

/**
 * One thing that the relay does when it is asked. Its role stands in the configuration, under
 * {@code commands.roles}.
 */
interface Command {
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

  /** Whether it makes sense where this is asked. */
  default boolean isFor(Request request) {
    return true;
  }

  /** Does it, and says what there is to say. */
  Reply run(Request request) throws StoreException, InterruptedException;
}
