package org.longwire.relay.store.sql;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.longwire.radio.NodeId;
import org.longwire.relay.store.repository.Node;

/**
 * Nodes by key, and in the order of their last sign of life: who is online is at the head, and
 * nothing is sorted for an answer. Its owner serialises.
 */
final class NodeView {
  /** The latest heard first; no two nodes of a view are equal in it. */
  static final Comparator<Node> LATEST_FIRST = Comparator.comparing(Node::lastHeard)
      .reversed()
      .thenComparing(Node::meshnet)
      .thenComparing(Node::id);

  private final Map<NodeKey, Node> byKey = new HashMap<>();
  private final NavigableSet<Node> latestFirst = new TreeSet<>(LATEST_FIRST);

  Optional<Node> of(NodeKey key) {
    return Optional.ofNullable(byKey.get(key));
  }

  int size() {
    return byKey.size();
  }

  void merge(Node told) {
    NodeKey key = NodeKey.of(told);
    Node known = remove(key);
    Node node = known == null ? told : NodeMerge.merged(known, told);
    byKey.put(key, node);
    latestFirst.add(node);
  }

  /** The node that is not there any more; null if there was none. */
  @Nullable
  Node remove(NodeKey key) {
    Node known = byKey.remove(key);
    if (known != null) {
      latestFirst.remove(known);
    }
    return known;
  }

  void removeLongestUnheard() {
    byKey.remove(NodeKey.of(latestFirst.pollLast()));
  }

  void move(NodeKey old, NodeId now) {
    Node node = remove(old);
    if (node != null) {
      merge(NodeMerge.renumbered(node, now));
    }
  }

  /** All of them, the latest heard first. */
  List<Node> all() {
    return List.copyOf(latestFirst);
  }

  /** Those heard after a time, strictly, the latest first. */
  List<Node> heardAfter(Instant time) {
    List<Node> found = new ArrayList<>();
    for (Node node : latestFirst) {
      if (!node.lastHeard().isAfter(time)) {
        break;
      }
      found.add(node);
    }
    return found;
  }
}
