package org.longwire.relay.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.longwire.relay.ExitCode;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.run.InstanceLock;
import org.longwire.relay.store.FileTools;
import org.longwire.relay.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts a backup in the place of a file. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Puts a backup in the place of a file; what was there is kept under another name.",
      "Without BACKUP it lists the backups there are. The daemon must not run.",
      "After an old ledger is restored, what was delivered since may be delivered again."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  longwire db restore --only primary                     lists them",
      "  longwire db restore --only primary backups/store.db.20261120T101500Z",
    })
final class DbRestoreCommand implements Callable<Integer> {
  @Mixin
  private ConfigOptions options = new ConfigOptions();

  @Mixin
  private DatabaseFiles files = new DatabaseFiles();

  @Parameters(paramLabel = "BACKUP", arity = "0..1", description = "The copy to put in place.")
  private @Nullable Path backup;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure {
    RelayConfig config = options.require(spec.commandLine().getErr());
    PrintWriter out = spec.commandLine().getOut();
    DatabaseFiles.Target target = files.one(config);
    FileTools tools = target.tools();
    if (backup == null) {
      tools.backups().forEach(out::println);
      return tools.backups().isEmpty() ? ExitCode.UNAVAILABLE.code() : ExitCode.OK.code();
    }
    InstanceLock alone = DatabaseFiles.keepOut(config);
    try {
      Path chosen = config.stateDirectory().resolve(backup);
      Path from = chosen.toFile().exists() ? chosen : backup;
      Optional<Path> aside = tools.restore(from, Instant.now());
      aside.ifPresent(path -> out.println("what was there is now " + path));
      out.printf("%s is back as of %s%n", target.name(), from);
      return ExitCode.OK.code();
    } catch (StoreException e) {
      throw new CommandFailure(e);
    } finally {
      alone.close();
    }
  }
}
