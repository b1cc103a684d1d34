package org.longwire.relay.cli;

import java.util.concurrent.Callable;
import org.longwire.relay.ExitCode;
import org.longwire.relay.config.RelayConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes a plugin's jar away. */
@Command(
    name = "remove",
    mixinStandardHelpOptions = true,
    description = {
      "Takes the jar of a plugin away; what it has stored stays. A running daemon is told.",
      "Those that come with Longwire can be disabled only."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  longwire plugin remove tides"})
final class PluginRemoveCommand implements Callable<Integer> {
  @Mixin
  private ConfigOptions options = new ConfigOptions();

  @Parameters(paramLabel = "ID", description = "The plugin.")
  private String id = "";

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure {
    RelayConfig config = options.require(spec.commandLine().getErr());
    if (PluginFiles.require(config, id).isBuiltIn(id)) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "%s comes with Longwire; keep it from running with `longwire plugin disable %s`"
              .formatted(id, id));
    }
    PluginFiles files = new PluginFiles(config);
    files.remove(id).forEach(jar -> spec.commandLine().getOut().println(jar + " is gone"));
    spec.commandLine().getOut().println(files.reloaded(id));
    if (config.plugins().allow().containsKey(id) || config.plugins().sections().containsKey(id)) {
      spec.commandLine()
          .getOut()
          .printf("now take %s out of plugins { } in the configuration, too%n", id);
    }
    return ExitCode.OK.code();
  }
}
