package org.longwire.relay.cli;

import java.util.concurrent.Callable;
import org.longwire.relay.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands that look after the databases. */
@Command(
    name = "db",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Looks after the databases: what there is, copies of it, and its way elsewhere.",
      "The ledger holds what is to be delivered; the store what the relay knows: message map,",
      "archive, nodes."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  longwire db status              what there is, and how big",
      "  longwire db check               looks at every page",
      "  longwire db backup              beside the files; safe while the daemon runs",
      "  longwire db stats               who says how much where",
    },
    subcommands = {
      DbStatusCommand.class,
      DbCheckCommand.class,
      DbBackupCommand.class,
      DbRestoreCommand.class,
      DbMigrateCommand.class,
      DbCompactCommand.class,
      DbCopyCommand.class,
      DbStatsCommand.class,
      DbExportCommand.class,
      DbImportCommand.class,
      DbResetCommand.class,
    })
final class DbCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE.code();
  }
}
