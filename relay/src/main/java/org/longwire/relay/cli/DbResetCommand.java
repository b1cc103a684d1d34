package org.longwire.relay.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.longwire.relay.ExitCode;
import org.longwire.relay.StateFiles;
import org.longwire.relay.config.DatabaseConfig;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.queue.Seals;
import org.longwire.relay.run.InstanceLock;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.FileTools;
import org.longwire.relay.store.Options;
import org.longwire.relay.store.ServerTools;
import org.longwire.relay.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Forgets everything. */
@Command(
    name = "reset",
    mixinStandardHelpOptions = true,
    description = {
      "Deletes what the relay knows: message map, archive, nodes. Backups stay. A store on a server",
      "is emptied for all relays; the others tell it their last week again at their next start.",
      "The ledger stays too, unless it is named by --only ledger: then what waits to be delivered",
      "is lost, and what was said since may be relayed once more. The daemon must not run."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  longwire db reset --yes", "  longwire db reset --only ledger --yes"})
final class DbResetCommand implements Callable<Integer> {
  @Mixin
  private ConfigOptions options = new ConfigOptions();

  @Mixin
  private DatabaseFiles files = new DatabaseFiles();

  @Option(names = "--yes", description = "Do it; without this it is only said what would be done.")
  private boolean sure;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure {
    RelayConfig config = options.require(spec.commandLine().getErr());
    PrintWriter out = spec.commandLine().getOut();
    List<DatabaseFiles.Target> targets =
        files.stores(config).stream().filter(t -> t.tools().exists()).toList();
    Optional<ServerTools> server = files.server(config);
    InstanceLock alone = DatabaseFiles.keepOut(config);
    try {
      if (targets.isEmpty() && server.isEmpty()) {
        out.println("there is nothing to delete");
        return ExitCode.OK.code();
      }
      if (!sure) {
        targets.forEach(t -> out.printf("would delete %s  %s%n", t.name(), t.path()));
        server.ifPresent(s -> out.printf(
            "would empty %s  %s, for all relays that use it%n", DatabaseConfig.PRIMARY, s));
        throw new CommandFailure(ExitCode.USAGE, "nothing was deleted; say --yes to do it");
      }
      for (DatabaseFiles.Target target : targets) {
        FileTools tools = target.tools();
        tools.delete();
        out.printf("deleted %s  %s%n", target.name(), target.path());
      }
      if (server.isPresent()) {
        server.get().clear();
        out.printf("emptied %s  %s%n", DatabaseConfig.PRIMARY, server.get());
      }
      forgetInLedger(config, targets, server.isPresent());
      return ExitCode.OK.code();
    } catch (StoreException e) {
      throw new CommandFailure(e);
    } finally {
      alone.close();
    }
  }

  /** What a store has forgotten on purpose, the next start must not tell it again. */
  private static void forgetInLedger(
      RelayConfig config, List<DatabaseFiles.Target> targets, boolean withServer)
      throws StoreException {
    Set<String> stores = new HashSet<>();
    targets.forEach(target -> stores.add(target.name()));
    if (withServer) {
      stores.add(DatabaseConfig.PRIMARY);
    }
    Path file = new StateFiles(config.stateDirectory()).ledger();
    if (stores.contains(DatabaseFiles.LEDGER) || !Files.exists(file)) {
      return;
    }
    try (Database ledger = Database.open(file, Options.ledger().withReaders(1))) {
      ledger.unattended();
      Seals.emptied(ledger, stores, config.database().defaultSource());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException.Transient(
          "interrupted; the next start tells the stores their last week again");
    }
  }
}
