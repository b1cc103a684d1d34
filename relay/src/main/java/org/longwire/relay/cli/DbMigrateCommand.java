package org.longwire.relay.cli;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.longwire.relay.ExitCode;
import org.longwire.relay.config.DatabaseConfig;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.run.InstanceLock;
import org.longwire.relay.store.FileTools;
import org.longwire.relay.store.Schema;
import org.longwire.relay.store.ServerTools;
import org.longwire.relay.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Brings files up to date. */
@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    description = {
      "Brings the files to the schema of this program, each after a backup beside it, and a store",
      "on a server, which the server's own tools back up. A start of the daemon does the same.",
      "The daemon must not run."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  longwire db migrate", "  longwire db migrate --only ledger"})
final class DbMigrateCommand implements Callable<Integer> {
  @Mixin
  private ConfigOptions options = new ConfigOptions();

  @Mixin
  private DatabaseFiles files = new DatabaseFiles();

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure {
    RelayConfig config = options.require(spec.commandLine().getErr());
    PrintWriter out = spec.commandLine().getOut();
    InstanceLock alone = DatabaseFiles.keepOut(config);
    try {
      for (DatabaseFiles.Target target : files.besideServer(config)) {
        FileTools tools = target.tools();
        if (tools.exists()) {
          tell(target.name(), tools.migrate(), target.schema());
        } else {
          out.printf("%s  is not there yet%n", target.name());
        }
      }
      Optional<ServerTools> server = files.server(config);
      if (server.isPresent()) {
        tell(DatabaseConfig.PRIMARY, server.get().migrate(), Schema.STORE);
      }
      return ExitCode.OK.code();
    } catch (StoreException e) {
      throw new CommandFailure(e);
    } finally {
      alone.close();
    }
  }

  private void tell(String name, int before, Schema schema) {
    spec.commandLine()
        .getOut()
        .printf(
            before == schema.version()
                ? "%s  has schema %d already%n"
                : "%s  had schema %d, now it has " + schema.version() + "%n",
            name,
            before);
  }
}
