package org.longwire.relay.store.sql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.longwire.relay.store.repository.Node;
import org.longwire.relay.store.repository.NodeEvent;

/**
 * What was told of a node since it was last written.
 *
 * @param node everything told, as one
 * @param events what changed from one telling to the next
 */
record NodeChanges(Node node, List<NodeEvent> events) {
  /** About the bytes of a row and its index entries. */
  static final int BYTES = 200;

  /** Events of a node between two writes; who changes more often is not worth the card. */
  private static final int MAX_EVENTS = 16;

  NodeChanges {
    events = List.copyOf(events);
  }

  static NodeChanges of(Node told) {
    return new NodeChanges(told, List.of());
  }

  NodeChanges then(NodeChanges later, Optional<Duration> presence) {
    List<NodeEvent> all = new ArrayList<>(events);
    all.addAll(NodeMerge.events(node, later.node, presence));
    all.addAll(later.events);
    return new NodeChanges(
        NodeMerge.merged(node, later.node), all.subList(0, Math.min(all.size(), MAX_EVENTS)));
  }
}
