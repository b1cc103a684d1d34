package org.longwire.relay.cli;

import java.util.concurrent.Callable;
import org.longwire.relay.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands about plugins. */
@Command(
    name = "plugin",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Shows plugins, installs them, and takes them away.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  longwire plugin list                    all there are, and how they are",
      "  longwire plugin show weather            what it can do, and what can be set",
      "  longwire plugin install tides-1.2.jar   somebody else's, from a file or an https address",
      "  longwire plugin disable tides           until it is enabled again",
    },
    subcommands = {
      PluginListCommand.class,
      PluginShowCommand.class,
      PluginInstallCommand.class,
      PluginVerifyCommand.class,
      PluginScanCommand.class,
      PluginDisableCommand.class,
      PluginEnableCommand.class,
      PluginRemoveCommand.class,
      PluginReloadCommand.class,
    })
final class PluginCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE.code();
  }
}
