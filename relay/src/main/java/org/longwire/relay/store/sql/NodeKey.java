package org.longwire.relay.store.sql;

import org.longwire.radio.NodeId;
import org.longwire.relay.store.repository.Node;

/** A node's place in the registry. */
record NodeKey(String meshnet, NodeId id) {
  static NodeKey of(Node node) {
    return new NodeKey(node.meshnet(), node.id());
  }
}
