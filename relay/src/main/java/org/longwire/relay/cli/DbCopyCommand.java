package org.longwire.relay.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.longwire.relay.ExitCode;
import org.longwire.relay.KnownThings;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.run.InstanceLock;
import org.longwire.relay.store.StoreCopy;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.WritableStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Copies a store into another. */
@Command(
    name = "copy",
    mixinStandardHelpOptions = true,
    description = {
      "Copies a store into another, between a file and a server too, and compares every row.",
      "WHERE is primary, a source of the configuration, or the path of a file. What the target has",
      "already stays; a copy that was broken off is simply begun again. The daemon must not run."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  longwire db copy --from /var/lib/longwire/store.db --to primary    to the server",
      "  longwire db copy --from primary --to /var/lib/longwire/store.db    and back",
    })
final class DbCopyCommand implements Callable<Integer> {
  @Mixin
  private ConfigOptions options = new ConfigOptions();

  @Option(names = "--from", required = true, paramLabel = "WHERE", description = "The source.")
  private String from = "";

  @Option(names = "--to", required = true, paramLabel = "WHERE", description = "The target.")
  private String to = "";

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    RelayConfig config = options.require(spec.commandLine().getErr());
    if (place(config, from).equals(place(config, to))) {
      throw new CommandFailure(ExitCode.USAGE, "a store cannot be copied onto itself");
    }
    InstanceLock alone = DatabaseFiles.keepOut(config);
    try (WritableStore source = KnownThings.existingStore(config, from);
        WritableStore target = KnownThings.store(config, to)) {
      List<StoreCopy.Count> counts;
      try (ProgressBar bar =
          DatabaseFiles.progress("copying", spec.commandLine().getErr())) {
        counts = new StoreCopy(source, target).copy(bar);
      }
      return tell(counts);
    } catch (StoreException e) {
      throw new CommandFailure(e);
    } finally {
      alone.close();
    }
  }

  /** What is the same for the same store, however it is named. */
  private static Object place(RelayConfig config, String where) {
    if (KnownThings.isOnServer(config, where)) {
      return config.database().server().orElseThrow();
    }
    Path file = KnownThings.file(config, where).toAbsolutePath().normalize();
    try {
      return file.toRealPath();
    } catch (IOException e) {
      // It is to be made.
      return file;
    }
  }

  private int tell(List<StoreCopy.Count> counts) {
    PrintWriter out = spec.commandLine().getOut();
    Map<String, Object> answer = new LinkedHashMap<>();
    for (StoreCopy.Count count : counts) {
      answer.put(count.table(), Map.of("rows", count.rows(), "alike", count.alike()));
      if (!json) {
        out.printf(
            "%s  %8d rows  %s%n",
            count.isWhole() ? Terminal.green("ok  ") : Terminal.yellow("diff"),
            count.rows(),
            count.isWhole()
                ? count.table()
                : "%s: %d of them differ in the target, which had them already"
                    .formatted(count.table(), count.rows() - count.alike()));
      }
    }
    if (json) {
      out.println(JsonText.of(answer));
    }
    return counts.stream().allMatch(StoreCopy.Count::isWhole)
        ? ExitCode.OK.code()
        : ExitCode.TEMPORARY.code();
  }
}
