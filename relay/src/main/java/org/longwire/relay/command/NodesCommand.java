package org.longwire.relay.command;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.longwire.relay.bridge.KnownNodes;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.repository.Node;

/** Says who was heard lately. */
final class NodesCommand implements Command {
  /** Longer lists are read by nobody. */
  static final int MAX_LISTED = 20;

  private final KnownNodes nodes;
  private final Duration window;
  private final InstantSource clock;

  /** @param window how long ago is lately */
  NodesCommand(KnownNodes nodes, Duration window, InstantSource clock) {
    this.nodes = nodes;
    this.window = window;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "nodes";
  }

  @Override
  public String help() {
    return "says which nodes were heard lately";
  }

  @Override
  public String example() {
    return "nodes";
  }

  @Override
  public Reply run(Request request) throws StoreException {
    Instant now = clock.instant();
    List<Node> lately = nodes.known().stream()
        .filter(node -> node.lastHeard().isAfter(now.minus(window)))
        .sorted(Comparator.comparing(Node::lastHeard).reversed())
        .toList();
    String count = "%d nodes heard in the last %d min".formatted(lately.size(), window.toMinutes());
    String between = request.room().isEmpty() ? ", " : "\n";
    String list = lately.stream()
        .limit(MAX_LISTED)
        .map(node -> "%s (%s) %s"
            .formatted(NodeNames.of(node), node.id().tail(), Ages.ago(node.lastHeard(), now)))
        .collect(Collectors.joining(between));
    String more = lately.size() > MAX_LISTED
        ? "%sand %d more".formatted(between, lately.size() - MAX_LISTED)
        : "";
    return new Reply(
        lately.isEmpty() ? count : count + ":" + (between.isBlank() ? between : " ") + list + more);
  }
}
