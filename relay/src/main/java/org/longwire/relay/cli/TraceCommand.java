package org.longwire.relay.cli;

import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.longwire.relay.ExitCode;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.queue.History;
import org.longwire.relay.queue.Trace;
import org.longwire.relay.queue.TraceEntry;
import org.longwire.relay.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what became of a message. */
@Command(
    name = "trace",
    mixinStandardHelpOptions = true,
    description = {
      "Says what became of a message, found by packet id, event id, node, or words.",
      "What a running daemon has done in the last five seconds may not show yet."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  longwire trace \"see you at noon\"",
      "  longwire trace 0badcafe              a packet id",
      "  longwire trace '!a1b2c3d4'           all of a node's messages",
      "  longwire trace '$h4sh:example.org'   an event id",
    })
final class TraceCommand implements Callable<Integer> {
  /**
   * A script that waits for a message must tell "not in the ledger" from "found" without reading
   * what is printed; the question as such was answered.
   */
  private static final ExitCode NOT_FOUND = ExitCode.UNAVAILABLE;

  @Mixin
  private ConfigOptions options = new ConfigOptions();

  @Parameters(paramLabel = "WHAT", arity = "1..*", description = "What to look for.")
  private List<String> what = List.of();

  @Mixin
  private ListOptions list = new ListOptions();

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure {
    RelayConfig config = options.require(spec.commandLine().getErr());
    PrintWriter out = spec.commandLine().getOut();
    try (Trace trace = LedgerFile.trace(config)) {
      List<TraceEntry> found = trace.find(String.join(" ", what), list.limit());
      if (list.json()) {
        out.println(JsonText.of(found.stream().map(TraceCommand::asMap).toList()));
      } else {
        TraceText text = new TraceText(ZoneId.systemDefault());
        found.forEach(entry -> out.println(text.of(entry)));
      }
      if (found.isEmpty() && !list.json()) {
        out.println("no such message in the ledger (it keeps a week)");
      }
      return (found.isEmpty() ? NOT_FOUND : ExitCode.OK).code();
    } catch (StoreException e) {
      throw new CommandFailure(e);
    }
  }

  private static Map<String, Object> asMap(TraceEntry entry) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("said", entry.said());
    map.put("accepted", entry.accepted());
    map.put("sender", entry.sender());
    map.put("place", entry.place());
    map.put("text", entry.text());
    map.put("fate", entry.fate());
    map.put("reason", entry.reason());
    List<Map<String, Object>> deliveries = new ArrayList<>();
    for (TraceEntry.TraceDelivery delivery : entry.deliveries()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("to", Words.address(delivery.address()));
      one.put("part", delivery.part());
      one.put("parts", delivery.parts());
      one.put("token", delivery.token());
      one.put("id", delivery.remoteId());
      one.put("fate", delivery.fate());
      one.put("attempts", delivery.attempts());
      one.put("reason", delivery.reason());
      one.put("expires", delivery.expiresAt());
      List<Map<String, Object>> steps = new ArrayList<>();
      for (History.Step step : delivery.history().steps()) {
        Map<String, Object> history = new LinkedHashMap<>();
        history.put("at", step.at());
        history.put("word", step.word());
        steps.add(history);
      }
      one.put("history", steps);
      deliveries.add(one);
    }
    map.put("deliveries", deliveries);
    entry.answered().ifPresent(answered -> map.put("answers", asMap(answered)));
    map.put("notices", entry.notices().stream().map(TraceCommand::asMap).toList());
    return map;
  }

  private static Map<String, Object> asMap(TraceEntry.Answered answered) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", TraceText.id(answered.origin()));
    map.put("sender", answered.sender());
    map.put("text", answered.text());
    return map;
  }

  private static Map<String, Object> asMap(TraceEntry.Notice notice) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("at", notice.at());
    map.put("text", notice.text());
    return map;
  }
}
