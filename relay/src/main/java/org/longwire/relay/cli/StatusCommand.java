package org.longwire.relay.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.longwire.relay.ExitCode;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.queue.QueueView;
import org.longwire.relay.run.ControlSocket;
import org.longwire.relay.run.LastWords;
import org.longwire.relay.run.StatusBoard.Health;
import org.longwire.relay.run.StatusPage;
import org.longwire.relay.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says how the daemon is. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Says how the daemon is: radio, homeserver, rooms, and what waits.",
      "Exit code 0: all is well; 69: it does not run; 75: something waits or fails."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  longwire status", "  longwire status --json"})
final class StatusCommand implements Callable<Integer> {
  @Mixin
  private ConfigOptions options = new ConfigOptions();

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure {
    RelayConfig config = options.require(spec.commandLine().getErr());
    Path state = config.stateDirectory();
    Optional<StatusPage> page = ControlSocket.ask(state).map(StatusPage::read);
    PrintWriter out = spec.commandLine().getOut();
    try {
      if (json) {
        out.println(JsonText.of(asMap(page, config)));
      } else {
        print(page, config);
      }
    } catch (StoreException e) {
      throw new CommandFailure(e);
    }
    if (page.isEmpty()) {
      return ExitCode.UNAVAILABLE.code();
    }
    boolean well = page.get().lines().stream().allMatch(l -> l.health() == Health.OK);
    return well && unwell(page.get()).isEmpty() ? ExitCode.OK.code() : ExitCode.TEMPORARY.code();
  }

  private static List<PluginRow> unwell(StatusPage page) {
    return page.plugins().stream()
        .map(PluginRow::of)
        .filter(plugin -> !plugin.isWell())
        .toList();
  }

  private void print(Optional<StatusPage> page, RelayConfig config)
      throws CommandFailure, StoreException {
    PrintWriter out = spec.commandLine().getOut();
    if (page.isEmpty()) {
      out.println(Terminal.red("not running"));
      LastWords.read(config.stateDirectory())
          .ifPresent(w -> out.println("it last said: " + Words.line(w)));
    }
    page.ifPresent(p -> print(p, out));
    page.ifPresent(p -> printPlugins(p, out));
    if (LedgerFile.exists(config)) {
      try (QueueView queue = LedgerFile.queue(config)) {
        out.println(QueueCommand.summary(queue, Instant.now()));
      }
    }
  }

  private static void print(StatusPage page, PrintWriter out) {
    int width = page.lines().stream().mapToInt(l -> l.part().length()).max().orElse(0);
    Instant now = Instant.now();
    for (StatusPage.Line line : page.lines()) {
      String part = line.part() + " ".repeat(width - line.part().length());
      String since = Terminal.dim("(since " + Words.since(line.since(), now) + ")");
      out.printf(
          "%s  %s  %s %s%n",
          mark(line.health()), Words.line(part), Words.line(line.sentence()), since);
    }
  }

  private static void printPlugins(StatusPage page, PrintWriter out) {
    for (PluginRow plugin : unwell(page)) {
      out.printf(
          "%s  plugin %s  %s: %s%n",
          Terminal.red("FAIL"),
          Words.line(plugin.id()),
          plugin.condition(),
          Words.line(plugin.sentence()));
    }
  }

  private static String mark(Health health) {
    return switch (health) {
      case OK -> Terminal.green("ok  ");
      case TRYING -> Terminal.yellow("... ");
      case WAITING -> Terminal.yellow("wait");
      default -> Terminal.red("FAIL");
    };
  }

  private static Map<String, Object> asMap(Optional<StatusPage> page, RelayConfig config)
      throws CommandFailure, StoreException {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("running", page.isPresent());
    LastWords.read(config.stateDirectory()).ifPresent(w -> answer.put("lastWords", w));
    List<Map<String, Object>> parts = new ArrayList<>();
    for (StatusPage.Line line : page.map(StatusPage::lines).orElse(List.of())) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("part", line.part());
      one.put("health", line.health());
      one.put("since", line.since());
      one.put("sentence", line.sentence());
      parts.add(one);
    }
    answer.put("parts", parts);
    answer.put(
        "plugins",
        page.map(StatusPage::plugins).orElse(List.of()).stream()
            .map(plugin -> PluginRow.of(plugin).asMap())
            .toList());
    if (LedgerFile.exists(config)) {
      try (QueueView queue = LedgerFile.queue(config)) {
        answer.put("queue", QueueCommand.counts(queue));
      }
    }
    return answer;
  }
}
