package org.longwire.relay.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.longwire.relay.ExitCode;
import org.longwire.relay.KnownThings;
import org.longwire.relay.config.DatabaseConfig;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.run.InstanceLock;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.WritableStore;
import org.longwire.relay.store.sql.StoreImport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads exports into a store. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Reads the files of `longwire db export` into a store. What it has already stays as it is, so",
      "an import that was broken off is simply begun again. What is older than database.retention",
      "allows is removed by the next daemon. The daemon must not run.",
      "Exit code 65: a line makes no sense; all others were read."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  longwire db import /srv/mesh/*.jsonl",
      "  longwire db import --dry-run /srv/mesh/*.jsonl               only counts",
      "  longwire db import --to archive mesh_example.org-main-0.jsonl",
    })
final class DbImportCommand implements Callable<Integer> {
  /** Bad lines told of by number; more of them are only counted. */
  private static final int MAX_TOLD = 20;

  @Mixin
  private ConfigOptions options = new ConfigOptions();

  @Option(
      names = "--to",
      paramLabel = "WHERE",
      description = "The store: primary, a source of the configuration, or the path of a file.")
  private String to = DatabaseConfig.PRIMARY;

  @Option(names = "--dry-run", description = "Add nothing; count what would be added.")
  private boolean dryRun;

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "What was exported.")
  private List<Path> files = List.of();

  @Spec
  private CommandSpec spec;

  private long complaints;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    RelayConfig config = options.require(spec.commandLine().getErr());
    for (Path file : files) {
      if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
        throw new CommandFailure(
            ExitCode.USAGE, "there is no file %s that you may read".formatted(file));
      }
    }
    InstanceLock alone = DatabaseFiles.keepOut(config);
    Map<String, StoreImport.Result> results = new LinkedHashMap<>();
    try (WritableStore store =
        dryRun ? KnownThings.storeToLookAt(config, to) : KnownThings.store(config, to)) {
      StoreImport reading = new StoreImport(store, dryRun, this::complain);
      for (Path file : files) {
        try (ProgressBar bar =
            DatabaseFiles.progress("reading " + file, spec.commandLine().getErr())) {
          results.put(file.toString(), reading.read(file, bar));
        }
      }
    } catch (StoreException e) {
      throw new CommandFailure(e);
    } finally {
      alone.close();
    }
    tell(results);
    return complaints == 0 ? ExitCode.OK.code() : ExitCode.DATA.code();
  }

  private void complain(StoreImport.BadLine bad) {
    complaints++;
    PrintWriter err = spec.commandLine().getErr();
    if (complaints <= MAX_TOLD) {
      err.printf("%s:%d: %s%n", bad.file(), bad.line(), Words.line(bad.reason()));
    } else if (complaints == MAX_TOLD + 1) {
      err.println("and more, which are only counted");
    }
  }

  private void tell(Map<String, StoreImport.Result> results) {
    PrintWriter out = spec.commandLine().getOut();
    Map<String, Object> answer = new LinkedHashMap<>();
    results.forEach((file, result) -> {
      answer.put(
          file, Map.of("added", result.added(), "there", result.there(), "bad", result.bad()));
      if (!json) {
        out.printf(
            "%8d %s, %d were there already, %d make no sense  %s%n",
            result.added(),
            dryRun ? "would be added" : "added",
            result.there(),
            result.bad(),
            file);
      }
    });
    if (json) {
      out.println(JsonText.of(answer));
    }
  }
}
