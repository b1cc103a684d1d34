package org.longwire.relay.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import org.longwire.relay.Daemon;
import org.longwire.relay.DaemonRun;
import org.longwire.relay.KnownPlugins;
import org.longwire.relay.PluginComplaints;
import org.longwire.relay.Surroundings;
import org.longwire.relay.config.ConfigLoader;
import org.longwire.relay.config.ConfigProblems;
import org.longwire.relay.config.DatabaseConfig.Keeping;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.run.Logging;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
      "  longwire run --state /tmp/try --ephemeral",
    })
final class RunCommand implements Callable<Integer> {
  @Mixin
  private ConfigOptions options = new ConfigOptions();

  @Option(
      names = "--ephemeral",
      description = "Keep ledger and store in memory, to try things out: nothing survives the end.")
  private boolean ephemeral;

  @Override
  public Integer call() {
    ConfigLoader.Loaded loaded = options.load(ephemeral ? Keeping.IN_MEMORY : Keeping.ON_DISK);
    Level level = loaded.config().map(c -> c.log().level()).orElse(Level.INFO);
    Logging.configure(level, System.getenv());
    loaded.config().ifPresent(config -> lookForPlugins(config, loaded.problems()));
    loaded.problems().all().forEach(RunCommand::log);
    if (loaded.config().isEmpty()) {
      return loaded.problems().exitCode();
    }
    RelayConfig config = loaded.config().get();
    if (ephemeral) {
      log()
          .warn(
              "--ephemeral: nothing survives the end of this process, not even what still waits to"
                  + " be delivered; leave it out to keep it");
    }
    Daemon.Ending ending = DaemonRun.untilStopped(config, Surroundings.real());
    return ending.exitCode().code();
  }

  /** What is wrong with those that are there, their host says. */
  private static void lookForPlugins(RelayConfig config, ConfigProblems problems) {
    try {
      new PluginComplaints(KnownPlugins.read(config.plugins()), problems).tellUnknown();
    } catch (IOException e) {
      log()
          .warn("the plugins in {} cannot be read: {}", config.plugins().directory(), e.toString());
    }
  }

  /** Not before the logging is set up. */
  private static Logger log() {
    return LoggerFactory.getLogger("longwire");
  }

  /** In the journal, where whoever started the daemon will look. */
  private static void log(ConfigProblems.Problem problem) {
    if (problem.kind() == ConfigProblems.Kind.PLUGIN
        && problem.severity() == ConfigProblems.Severity.ERROR) {
      log().warn("{} (the relay runs without this plugin)", problem.sentence());
    } else if (problem.severity() == ConfigProblems.Severity.ERROR) {
      log().error("{}", problem.sentence());
    } else {
      log().warn("{}", problem.sentence());
    }
  }
}
