package org.longwire.relay.bridge;

import java.time.Instant;
import java.util.OptionalInt;
import org.longwire.radio.NodeDescription;
import org.longwire.radio.NodeId;

/** Is told of nodes, by the bridge's thread; never blocks on a disk. */
public interface NodeNews {
  /** For those who do not want to know. */
  NodeNews NONE = new NodeNews() {
    @Override
    public void told(NodeDescription node) {
      // Nobody listens.
    }

    @Override
    public void heard(NodeId node, Instant at, OptionalInt hops) {
      // Nobody listens.
    }

    @Override
    public void renumbered(NodeId before, NodeId now) {
      // Nobody listens.
    }
  };

  /** A node's names or key, from the radio's list or from a packet. */
  void told(NodeDescription node);

  /** A node said something. */
  void heard(NodeId node, Instant at, OptionalInt hops);

  void renumbered(NodeId before, NodeId now);
}
