package org.longwire.relay.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.longwire.relay.ExitCode;
import org.longwire.relay.config.DatabaseConfig;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.store.FileTools;
import org.longwire.relay.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what databases there are. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Says where each database is, how big it is, and what it holds.",
      "Exit code 0: all can be read; 74: one cannot; 78: one is not for this program."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  longwire db status", "  longwire db status --only ledger --json"})
final class DbStatusCommand implements Callable<Integer> {
  @Mixin
  private ConfigOptions options = new ConfigOptions();

  @Mixin
  private DatabaseFiles files = new DatabaseFiles();

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  private ExitCode worst = ExitCode.OK;

  @Override
  public Integer call() throws CommandFailure {
    RelayConfig config = options.require(spec.commandLine().getErr());
    PrintWriter out = spec.commandLine().getOut();
    List<Map<String, Object>> answers = new ArrayList<>();
    for (DatabaseFiles.Target target : files.of(config)) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("name", target.name());
      answer.put("path", target.path());
      describe(target, answer, out);
      answers.add(answer);
    }
    others(config.database(), answers, out);
    if (json) {
      out.println(JsonText.of(answers));
    }
    return worst.code();
  }

  private void describe(DatabaseFiles.Target target, Map<String, Object> answer, PrintWriter out) {
    try {
      FileTools tools = target.tools();
      FileTools.Facts facts = tools.facts();
      int backups = tools.backups().size();
      answer.put("schema", facts.version());
      answer.put("bytes", facts.bytes());
      answer.put("logBytes", facts.logBytes());
      answer.put("freeBytes", facts.freeBytes());
      answer.put("backups", backups);
      answer.put("rows", facts.rows());
      if (!json) {
        print(target, facts, backups, out);
      }
    } catch (StoreException e) {
      worst = ExitCode.of(e).code() > worst.code() ? ExitCode.of(e) : worst;
      answer.put("problem", e.getMessage());
      if (!json) {
        out.printf(
            "%s  %s%n    %s%n",
            Terminal.red("FAIL"), target.name(), Words.line(String.valueOf(e.getMessage())));
      }
    }
  }

  private static void print(
      DatabaseFiles.Target target, FileTools.Facts facts, int backups, PrintWriter out) {
    String old = facts.version() < facts.newest()
        ? Terminal.yellow(" (the next start brings it to %d)".formatted(facts.newest()))
        : "";
    out.printf("%s    %s  %s%n", Terminal.green("ok"), target.name(), target.path());
    out.printf(
        "      %s, log %s, %s to be had by compacting; schema %d%s; %d backups%n",
        DatabaseFiles.size(facts.bytes()),
        DatabaseFiles.size(facts.logBytes()),
        DatabaseFiles.size(facts.freeBytes()),
        facts.version(),
        old,
        backups);
    StringBuilder rows = new StringBuilder();
    facts.rows().forEach((table, count) -> rows.append("%s %d  ".formatted(table, count)));
    out.println("      " + rows.toString().strip());
  }

  /** What is not a file of ours is only named. */
  private void others(DatabaseConfig database, List<Map<String, Object>> answers, PrintWriter out) {
    Map<String, String> others = new LinkedHashMap<>();
    database.server().ifPresent(s -> others.put(DatabaseConfig.PRIMARY, s.toString()));
    database.sources().forEach((name, source) -> {
      if (source.readOnly()) {
        others.put(name, source.path() + " (only read)");
      }
    });
    others.forEach((name, where) -> {
      if (json) {
        answers.add(Map.of("name", name, "path", where));
      } else {
        out.printf("      %s  %s%n", name, Words.line(where));
      }
    });
  }
}
