package org.longwire.relay.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.longwire.relay.ExitCode;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.run.InstanceLock;
import org.longwire.relay.store.FileTools;
import org.longwire.relay.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Takes the holes out of files. */
@Command(
    name = "compact",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the files anew without the holes that deleted rows have left.",
      "Needs as much free space as the file has bytes. The daemon must not run."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  longwire db compact", "  longwire db compact --only primary"})
final class DbCompactCommand implements Callable<Integer> {
  @Mixin
  private ConfigOptions options = new ConfigOptions();

  @Mixin
  private DatabaseFiles files = new DatabaseFiles();

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure {
    RelayConfig config = options.require(spec.commandLine().getErr());
    PrintWriter out = spec.commandLine().getOut();
    Map<String, Object> answers = new LinkedHashMap<>();
    InstanceLock alone = DatabaseFiles.keepOut(config);
    try {
      for (DatabaseFiles.Target target : files.of(config)) {
        FileTools tools = target.tools();
        long before = tools.facts().bytes();
        try (ProgressBar bar = DatabaseFiles.progress(
            "compacting " + target.name(), spec.commandLine().getErr())) {
          tools.compact(bar);
        }
        long after = tools.facts().bytes();
        answers.put(target.name(), Map.of("before", before, "after", after));
        if (!json) {
          out.printf(
              "%s  from %s to %s%n",
              target.name(), DatabaseFiles.size(before), DatabaseFiles.size(after));
        }
      }
      if (json) {
        out.println(JsonText.of(answers));
      }
      return ExitCode.OK.code();
    } catch (StoreException e) {
      throw new CommandFailure(e);
    } finally {
      alone.close();
    }
  }
}
