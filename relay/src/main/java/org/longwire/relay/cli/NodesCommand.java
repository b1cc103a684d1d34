package org.longwire.relay.cli;

import java.util.concurrent.Callable;
import org.longwire.relay.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands about nodes. */
@Command(
    name = "nodes",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Says which nodes of the mesh are known, and what happened to them.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  longwire nodes list --online",
      "  longwire nodes show '!a1b2c3d4'     its key, and what happened to it",
      "  longwire nodes forget '!a1b2c3d4'",
    },
    subcommands = {NodesListCommand.class, NodesShowCommand.class, NodesForgetCommand.class})
final class NodesCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE.code();
  }
}
