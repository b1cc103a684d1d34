package org.longwire.relay.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.longwire.relay.ExitCode;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.queue.QueueView;
import org.longwire.relay.run.Glyphs;
import org.longwire.relay.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows what waits. */
@Command(
    name = "queue",
    mixinStandardHelpOptions = true,
    description = "Shows what waits to be delivered, and why.",
    footerHeading = "%nExamples:%n",
    footer = {"  longwire queue", "  longwire queue --limit 100 --json"})
final class QueueCommand implements Callable<Integer> {
  private static final int TEXT_SHOWN = 40;

  @Mixin
  private ConfigOptions options = new ConfigOptions();

  @Mixin
  private ListOptions list = new ListOptions();

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure {
    RelayConfig config = options.require(spec.commandLine().getErr());
    PrintWriter out = spec.commandLine().getOut();
    try (QueueView queue = LedgerFile.queue(config)) {
      if (list.json()) {
        out.println(JsonText.of(asMap(queue)));
      } else {
        print(queue, out);
      }
      return ExitCode.OK.code();
    } catch (StoreException e) {
      throw new CommandFailure(e);
    }
  }

  private void print(QueueView queue, PrintWriter out) throws StoreException {
    Instant now = Instant.now();
    List<QueueView.Line> waiting = queue.waiting(list.limit());
    for (QueueView.Line line : waiting) {
      String text = Words.line(line.text());
      String begun = Glyphs.atMost(text, TEXT_SHOWN);
      String shown = begun.equals(text) ? text : begun + "…";
      String why = line.reason().isEmpty() ? "" : "  " + Terminal.yellow(Words.line(line.reason()));
      out.printf(
          "%6s  → %s  %s: \"%s\"%s%n",
          Words.age(line.acceptedAt(), now),
          Words.address(line.address()),
          Words.line(line.sender()),
          shown,
          why);
    }
    out.println(summary(queue, now));
  }

  /** What waits and what was done, in one line. */
  static String summary(QueueView queue, Instant now) throws StoreException {
    StringBuilder sentence = new StringBuilder("queue:");
    List<QueueView.Count> counts = queue.counts();
    for (QueueView.Count count : counts) {
      sentence.append(" %d %s %s;"
          .formatted(
              count.entries(),
              count.fate().name().toLowerCase(Locale.ROOT),
              count.direction() == QueueView.Direction.TO_MESH
                  ? "towards the mesh"
                  : "towards rooms"));
    }
    if (counts.isEmpty()) {
      sentence.append(" nothing yet;");
    }
    queue
        .oldestWaiting()
        .ifPresent(t -> sentence.append(" the oldest has waited ").append(Words.age(t, now)));
    return sentence.toString().replaceAll(";$", "");
  }

  private Map<String, Object> asMap(QueueView queue) throws StoreException {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("counts", counts(queue));
    List<Map<String, Object>> waiting = new ArrayList<>();
    for (QueueView.Line line : queue.waiting(list.limit())) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("to", Words.address(line.address()));
      one.put("sender", line.sender());
      one.put("text", line.text());
      one.put("accepted", line.acceptedAt());
      one.put("expires", line.expiresAt());
      one.put("attempts", line.attempts());
      one.put("reason", line.reason());
      waiting.add(one);
    }
    answer.put("waiting", waiting);
    return answer;
  }

  static List<Map<String, Object>> counts(QueueView queue) throws StoreException {
    List<Map<String, Object>> counts = new ArrayList<>();
    for (QueueView.Count count : queue.counts()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("direction", count.direction());
      one.put("fate", count.fate());
      one.put("entries", count.entries());
      counts.add(one);
    }
    return counts;
  }
}
