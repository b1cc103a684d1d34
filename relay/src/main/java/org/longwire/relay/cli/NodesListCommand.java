package org.longwire.relay.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.longwire.relay.ExitCode;
import org.longwire.relay.KnownThings;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.store.DatabaseManager;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.repository.Answer;
import org.longwire.relay.store.repository.Node;
import org.longwire.relay.store.repository.ReadScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists nodes. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the known nodes, the last heard first.",
      "What a running daemon has heard in the last minute may not show yet."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  longwire nodes list", "  longwire nodes list --online --hours 24 --json"})
final class NodesListCommand implements Callable<Integer> {
  @Mixin
  private ConfigOptions options = new ConfigOptions();

  @Option(names = "--online", description = "Only those heard lately.")
  private boolean online;

  /** As many as a store keeps at most. */
  private static final int MOST = 20_000;

  /** Longer than any node is kept. */
  private static final int MOST_HOURS = 1_000_000;

  private OptionalInt hours = OptionalInt.empty();
  private int limit;

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Option(
      names = "--hours",
      paramLabel = "N",
      description = "What counts as lately; without it nodes.online-window of the configuration.")
  void hours(int wanted) {
    hours = OptionalInt.of(Numbers.upTo(MOST_HOURS, wanted, "--hours", spec));
  }

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "Nodes shown at most, 1 to " + MOST + "; else ${DEFAULT-VALUE}.")
  void limit(int wanted) {
    limit = Numbers.upTo(MOST, wanted, "--limit", spec);
  }

  @Override
  public Integer call() throws CommandFailure {
    RelayConfig config = options.require(spec.commandLine().getErr());
    PrintWriter out = spec.commandLine().getOut();
    try (DatabaseManager manager = KnownThings.open(config)) {
      Answer<List<Node>> found = online
          ? manager.nodes().online(ReadScope.ANY, window(config))
          : manager.nodes().all(ReadScope.ANY);
      List<Node> shown = found.value().stream().limit(limit).toList();
      if (json) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("count", found.value().size());
        answer.put("nodes", shown.stream().map(NodeWords::asMap).toList());
        answer.put("missing", found.missing());
        out.println(JsonText.of(answer));
      } else {
        print(found, shown, config.meshnetName(), out);
      }
      return ExitCode.OK.code();
    } catch (StoreException e) {
      throw new CommandFailure(e);
    }
  }

  private Duration window(RelayConfig config) {
    return hours.isPresent()
        ? Duration.ofHours(hours.getAsInt())
        : config.nodes().onlineWindow();
  }

  private static void print(
      Answer<List<Node>> found, List<Node> shown, String ours, PrintWriter out) {
    Instant now = Instant.now();
    for (Node node : shown) {
      String heard = node.lastHeard().equals(Instant.EPOCH)
          ? "never"
          : Words.age(node.lastHeard(), now) + " ago";
      String elsewhere = node.meshnet().equals(ours) ? "" : ", of " + Words.line(node.meshnet());
      out.printf("%s  %12s  %s%s%n", node.id(), heard, NodeWords.name(node), elsewhere);
    }
    found.missing().forEach(source -> out.println(Terminal.yellow(source + " did not answer")));
    out.printf("%d nodes%n", found.value().size());
  }
}
