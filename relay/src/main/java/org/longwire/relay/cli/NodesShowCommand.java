package org.longwire.relay.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.longwire.radio.NodeId;
import org.longwire.relay.ExitCode;
import org.longwire.relay.KnownThings;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.store.DatabaseManager;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.repository.Node;
import org.longwire.relay.store.repository.NodeEvent;
import org.longwire.relay.store.repository.ReadScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows one node. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Says what is known of a node, and what happened to it.",
    footerHeading = "%nExamples:%n",
    footer = {"  longwire nodes show '!a1b2c3d4'", "  longwire nodes show a1b2c3d4 --json"})
final class NodesShowCommand implements Callable<Integer> {
  private static final int EVENTS = 20;

  @Mixin
  private ConfigOptions options = new ConfigOptions();

  @Parameters(paramLabel = "NODE", description = "Its number, eight hex digits.")
  private String number = "";

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure {
    NodeId id = NodeWords.parse(number);
    RelayConfig config = options.require(spec.commandLine().getErr());
    PrintWriter out = spec.commandLine().getOut();
    try (DatabaseManager manager = KnownThings.open(config)) {
      Optional<Node> node = find(manager, config.meshnetName(), id);
      if (node.isEmpty()) {
        throw new CommandFailure(ExitCode.UNAVAILABLE, "the node %s is not known".formatted(id));
      }
      List<NodeEvent> events = manager.nodes().events(node.get().meshnet(), id, EVENTS);
      if (json) {
        Map<String, Object> answer = NodeWords.asMap(node.get());
        answer.put("events", events.stream().map(NodesShowCommand::asMap).toList());
        out.println(JsonText.of(answer));
      } else {
        print(node.get(), events, out);
      }
      return ExitCode.OK.code();
    } catch (StoreException e) {
      throw new CommandFailure(e);
    }
  }

  /** The node of our own mesh network; else one of that number that another relay knows. */
  private static Optional<Node> find(DatabaseManager manager, String meshnet, NodeId id)
      throws StoreException {
    Optional<Node> ours = manager.nodes().byNumber(meshnet, id);
    return ours.isPresent()
        ? ours
        : manager.nodes().all(ReadScope.ANY).value().stream()
            .filter(node -> node.id().equals(id))
            .findFirst();
  }

  private static Map<String, Object> asMap(NodeEvent event) {
    return Map.of("at", event.at(), "kind", event.kind(), "detail", event.detail());
  }

  private static void print(Node node, List<NodeEvent> events, PrintWriter out) {
    out.printf("%s  %s%n", node.id(), NodeWords.name(node));
    out.printf("    meshnet     %s%n", Words.line(node.meshnet()));
    out.printf("    key         %s%n", node.publicKey().orElse("not told"));
    out.printf("    first heard %s%n", Words.time(node.firstHeard()));
    out.printf("    last heard  %s%n", Words.time(node.lastHeard()));
    for (NodeEvent event : events) {
      out.printf(
          "    %s  %s %s%n",
          Words.time(event.at()),
          event.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
          Words.line(event.detail()));
    }
  }
}
