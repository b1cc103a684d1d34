package org.longwire.relay.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import picocli.CommandLine.Option;
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

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure {
    RelayConfig config = options.require(spec.commandLine().getErr());
    PrintWriter out = spec.commandLine().getOut();
    DatabaseFiles.Target target = files.one(config);
    FileTools tools = target.tools();
    if (backup == null) {
      return list(target, out);
    }
    InstanceLock alone = DatabaseFiles.keepOut(config);
    try {
      Path chosen = config.stateDirectory().resolve(backup);
      Path from = chosen.toFile().exists() ? chosen : backup;
      Optional<Path> aside = tools.restore(from, Instant.now());
      if (json) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("restored", target.name());
        answer.put("from", from);
        aside.ifPresent(path -> answer.put("replaced", path));
        out.println(JsonText.of(answer));
      } else {
        aside.ifPresent(path -> out.println("what was there is now " + path));
        out.printf("%s is back as of %s%n", target.name(), from);
      }
      return ExitCode.OK.code();
    } catch (StoreException e) {
      throw new CommandFailure(e);
    } finally {
      alone.close();
    }
  }

  private int list(DatabaseFiles.Target target, PrintWriter out) throws CommandFailure {
    List<Path> backups = target.tools().backups();
    if (json) {
      out.println(JsonText.of(Map.of("backups", backups)));
    } else {
      backups.forEach(out::println);
    }
    if (backups.isEmpty()) {
      throw new CommandFailure(
          ExitCode.UNAVAILABLE,
          "there are no backups of %s; longwire db backup makes one".formatted(target.name()));
    }
    return ExitCode.OK.code();
  }
}
