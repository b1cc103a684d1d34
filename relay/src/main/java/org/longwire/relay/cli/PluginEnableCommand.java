package org.longwire.relay.cli;

import java.util.concurrent.Callable;
import org.longwire.relay.ExitCode;
import org.longwire.relay.config.RelayConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lets a disabled plugin run again. */
@Command(
    name = "enable",
    mixinStandardHelpOptions = true,
    description = {
      "Lets a plugin run again that was disabled. A running daemon is told.",
      "What the configuration says of it counts again; this command adds nothing to it."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  longwire plugin enable tides"})
final class PluginEnableCommand implements Callable<Integer> {
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
    boolean was = files.enable(id);
    spec.commandLine().getOut().println(was ? id + " is enabled" : id + " was not disabled");
    spec.commandLine().getOut().println(files.reloaded(id));
    return ExitCode.OK.code();
  }
}
