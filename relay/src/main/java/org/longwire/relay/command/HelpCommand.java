package org.longwire.relay.command;

import java.util.List;
import java.util.stream.Collectors;

/** Says what the asker may ask. */
final class HelpCommand implements Command {
  private final List<Command> commands;

  /** @param commands all that there are, perhaps this one among them, also later */
  HelpCommand(List<Command> commands) {
    this.commands = commands;
  }

  @Override
  public String name() {
    return "help";
  }

  @Override
  public String help() {
    return "says what you may ask here";
  }

  @Override
  public String example() {
    return "help";
  }

  @Override
  public Reply run(Request request) {
    List<Command> usable = commands.stream()
        .filter(command -> command.isFor(request) && request.mayUse().test(command))
        .toList();
    String list = request.room().isEmpty()
        ? usable.stream().map(c -> request.written(c.example())).collect(Collectors.joining(", "))
        : usable.stream()
            .map(c -> "%s – %s".formatted(request.written(c.example()), c.help()))
            .collect(Collectors.joining("\n"));
    return new Reply(list);
  }
}
