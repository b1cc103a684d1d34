package org.longwire.relay.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.longwire.relay.ExitCode;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Copies the files. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = {
      "Copies the files, whole and without holes, also while the daemon runs.",
      "Without --to they go into the folder backups beside each file, where recovery finds them."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  longwire db backup", "  longwire db backup --only primary --to /mnt/stick"})
final class DbBackupCommand implements Callable<Integer> {
  @Mixin
  private ConfigOptions options = new ConfigOptions();

  @Mixin
  private DatabaseFiles files = new DatabaseFiles();

  @Option(names = "--to", paramLabel = "DIR", description = "Another folder for the copies.")
  private @Nullable Path folder;

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure {
    RelayConfig config = options.require(spec.commandLine().getErr());
    PrintWriter out = spec.commandLine().getOut();
    Instant now = Instant.now();
    Map<String, Object> made = new LinkedHashMap<>();
    for (DatabaseFiles.Target target : files.of(config)) {
      Path standard = target.tools().backupPath(now);
      Path copy = folder == null ? standard : folder.resolve(standard.getFileName());
      try (ProgressBar bar =
          DatabaseFiles.progress("copying " + target.name(), spec.commandLine().getErr())) {
        target.tools().backup(copy, bar);
      } catch (StoreException e) {
        throw new CommandFailure(e);
      }
      made.put(target.name(), copy);
      if (!json) {
        out.printf("%s  %s%n", target.name(), copy);
      }
    }
    if (json) {
      out.println(JsonText.of(made));
    }
    return ExitCode.OK.code();
  }
}
