package org.longwire.relay.cli;

import java.util.concurrent.Callable;
import org.longwire.relay.Daemon;
import org.longwire.relay.DaemonRun;
import org.longwire.relay.Surroundings;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.run.Logging;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the daemon. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the daemon until it is told to stop (SIGTERM, SIGINT).",
      "Exit codes: 0 stopped; 70 a bug; 74 the disk fails; 75 another daemon works here;",
      "77 permissions; 78 the configuration is wrong."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  longwire run --config /etc/longwire/longwire.conf",
      "  longwire run --state /tmp/try --set log.level=debug",
    })
final class RunCommand implements Callable<Integer> {
  @Mixin
  private ConfigOptions options = new ConfigOptions();

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure {
    RelayConfig config = options.require(spec.commandLine().getErr());
    Logging.configure(config.log().level(), System.getenv());
    Daemon.Ending ending = DaemonRun.untilStopped(config, Surroundings.real());
    return ending.exitCode().code();
  }
}
