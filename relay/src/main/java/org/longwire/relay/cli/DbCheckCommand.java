package org.longwire.relay.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.longwire.relay.ExitCode;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks whether files are whole. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Looks at every page of the files, also while the daemon runs.",
      "Exit code 0: they are whole; 69: one is not there yet; 74: one is damaged or cannot be read;",
      "78: one is not for this program."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  longwire db check", "  longwire db check --quick --only ledger"})
final class DbCheckCommand implements Callable<Integer> {
  /** Less than this is soon used up. */
  private static final long LITTLE_SPACE = 100_000_000;

  @Mixin
  private ConfigOptions options = new ConfigOptions();

  @Mixin
  private DatabaseFiles files = new DatabaseFiles();

  @Option(names = "--quick", description = "Leave out whether the indexes fit the tables.")
  private boolean quick;

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  private ExitCode last = ExitCode.OK;
  private ExitCode worst = ExitCode.OK;

  @Override
  public Integer call() throws CommandFailure {
    RelayConfig config = options.require(spec.commandLine().getErr());
    PrintWriter out = spec.commandLine().getOut();
    Map<String, Object> answers = new LinkedHashMap<>();
    for (DatabaseFiles.Target target : files.of(config)) {
      List<String> defects = look(target);
      warnOfSpace(target);
      answers.put(target.name(), defects);
      if (!json) {
        out.printf(
            "%s  %s%n",
            defects.isEmpty() ? Terminal.green("ok  ") : DatabaseFiles.mark(last), target.name());
        defects.forEach(defect -> out.println("      " + Words.line(defect)));
      }
    }
    if (json) {
      out.println(JsonText.of(answers));
    }
    return worst.code();
  }

  private void warnOfSpace(DatabaseFiles.Target target) {
    long free = target.tools().freeSpace();
    if (free < LITTLE_SPACE) {
      spec.commandLine()
          .getErr()
          .printf(
              "%s  the disk of %s has only %s left: make room%n",
              Terminal.yellow("warn"), target.name(), DatabaseFiles.size(free));
    }
  }

  private void tell(ExitCode code) {
    last = code;
    worst = code.code() > worst.code() ? code : worst;
  }

  private List<String> look(DatabaseFiles.Target target) {
    try (ProgressBar bar =
        DatabaseFiles.progress("checking " + target.name(), spec.commandLine().getErr())) {
      List<String> defects = target.tools().check(quick, bar);
      tell(defects.isEmpty() ? ExitCode.OK : ExitCode.IO);
      return defects;
    } catch (StoreException e) {
      tell(ExitCode.of(e));
      return List.of(String.valueOf(e.getMessage()));
    }
  }
}
