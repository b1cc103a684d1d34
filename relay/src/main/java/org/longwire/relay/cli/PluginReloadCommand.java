package org.longwire.relay.cli;

import java.util.concurrent.Callable;
import org.longwire.relay.ExitCode;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.run.ControlSocket.Answer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Has the daemon start a plugin anew. */
@Command(
    name = "reload",
    mixinStandardHelpOptions = true,
    description = {
      "Has the running daemon stop a plugin and start it anew.",
      "For one that was switched off after faults, or whose jar was put back. The configuration is",
      "read at the start of the daemon alone. Exit code 69: no daemon runs, or it could not."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  longwire plugin reload tides"})
final class PluginReloadCommand implements Callable<Integer> {
  @Mixin
  private ConfigOptions options = new ConfigOptions();

  @Parameters(paramLabel = "ID", description = "The plugin.")
  private String id = "";

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure {
    RelayConfig config = options.require(spec.commandLine().getErr());
    Answer answer = new PluginFiles(config)
        .reload(id)
        .orElseThrow(() -> new CommandFailure(
            ExitCode.UNAVAILABLE, "no daemon runs that could be told; start it (longwire run)"));
    if (!answer.isDone()) {
      throw new CommandFailure(ExitCode.UNAVAILABLE, answer.sentence());
    }
    spec.commandLine().getOut().println(Words.line(answer.sentence()));
    return ExitCode.OK.code();
  }
}
