package org.longwire.relay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.longwire.radio.NodeDescription;
import org.longwire.radio.NodeId;
import org.longwire.relay.bridge.KnownNodes;
import org.longwire.relay.bridge.NodeNews;
import org.longwire.relay.store.repository.Node;

/** Remembers what it is told of nodes, for worlds without a store. */
final class ToldNodes implements NodeNews, KnownNodes {
  private final Map<NodeId, Node> nodes = new LinkedHashMap<>();

  @Override
  public synchronized void told(NodeDescription node) {
    Optional<Node> known = Optional.ofNullable(nodes.get(node.id()));
    nodes.put(
        node.id(),
        node(
            node.id(),
            node.longName(),
            node.shortName(),
            known.flatMap(Node::publicKey).or(node::publicKey),
            node.lastHeard().or(() -> known.map(Node::lastHeard)).orElse(Node.NEVER)));
  }

  @Override
  public synchronized void heard(NodeId node, Instant at, OptionalInt hops) {
    Optional<Node> known = Optional.ofNullable(nodes.get(node));
    nodes.put(
        node,
        node(
            node,
            known.flatMap(Node::longName),
            known.flatMap(Node::shortName),
            known.flatMap(Node::publicKey),
            at));
  }

  private static Node node(
      NodeId id, Optional<String> name, Optional<String> tag, Optional<String> key, Instant heard) {
    return new Node(
        "Forx",
        id,
        name,
        tag,
        key,
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        heard,
        heard,
        heard,
        Node.Source.PACKET);
  }

  @Override
  public synchronized void renumbered(NodeId before, NodeId now) {
    nodes.remove(before);
  }

  @Override
  public synchronized List<Node> known() {
    return new ArrayList<>(nodes.values());
  }
}
