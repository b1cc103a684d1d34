package org.longwire.relay.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.longwire.relay.ExitCode;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.run.ControlSocket;
import org.longwire.relay.run.StatusPage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the plugins. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "Lists all plugins, and how they are: of the running daemon, else what it would find.",
      "Exit code 0: all are well; 75: somebody has to see to one."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  longwire plugin list", "  longwire plugin list --json"})
final class PluginListCommand implements Callable<Integer> {
  @Mixin
  private ConfigOptions options = new ConfigOptions();

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure {
    RelayConfig config = options.require(spec.commandLine().getErr());
    PrintWriter out = spec.commandLine().getOut();
    Optional<StatusPage> page = ControlSocket.ask(config.stateDirectory())
        .map(StatusPage::read)
        .filter(told -> !told.plugins().isEmpty());
    List<PluginRow> rows = page.isPresent()
        ? page.get().plugins().stream().map(PluginRow::of).toList()
        : PluginRow.of(PluginFiles.known(config));
    if (json) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("running", page.isPresent());
      answer.put("plugins", rows.stream().map(PluginRow::asMap).toList());
      out.println(JsonText.of(answer));
    } else {
      print(rows, out);
    }
    return rows.stream().allMatch(PluginRow::isWell)
        ? ExitCode.OK.code()
        : ExitCode.TEMPORARY.code();
  }

  private static void print(List<PluginRow> rows, PrintWriter out) {
    int width = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
    for (PluginRow row : rows) {
      out.printf(
          "%s%s  %s  %s%s%n",
          Words.line(row.name()),
          " ".repeat(width - row.name().length()),
          row.paintedCondition(),
          Words.line(row.origin()),
          row.description().isEmpty() ? "" : ": " + Words.line(row.description()));
      if (!row.sentence().isEmpty()) {
        out.printf("    %s%n", Words.line(row.sentence()));
      }
      row.state()
          .filter(told -> told.calls() > 0)
          .ifPresent(told -> out.printf(
              "    %s%n",
              Terminal.dim("%d calls, %d faults, %d missed%s"
                  .formatted(told.calls(), told.faults(), told.missed(), counts(told.counts())))));
    }
  }

  private static String counts(Map<String, Long> counts) {
    StringBuilder words = new StringBuilder();
    counts.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(c -> words.append("; %s %d".formatted(Words.line(c.getKey()), c.getValue())));
    return words.toString();
  }
}
