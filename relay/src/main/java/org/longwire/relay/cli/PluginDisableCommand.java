package org.longwire.relay.cli;

import java.util.concurrent.Callable;
import org.longwire.relay.ExitCode;
import org.longwire.relay.config.RelayConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Keeps a plugin from running. */
@Command(
    name = "disable",
    mixinStandardHelpOptions = true,
    description = {
      "Keeps a plugin from running until it is enabled again, whatever the configuration says.",
      "A running daemon is told."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  longwire plugin disable tides"})
final class PluginDisableCommand implements Callable<Integer> {
  @Mixin
  private ConfigOptions options = new ConfigOptions();

  @Parameters(paramLabel = "ID", description = "The plugin.")
  private String id = "";

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure {
    RelayConfig config = options.require(spec.commandLine().getErr());
    PluginFiles.require(config, id);
    PluginFiles files = new PluginFiles(config);
    boolean was = files.disable(id);
    spec.commandLine().getOut().println(was ? id + " is disabled" : id + " was disabled already");
    spec.commandLine().getOut().println(files.reloaded(id));
    return ExitCode.OK.code();
  }
}
