package org.longwire.relay.bridge;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.longwire.radio.NodeId;
import org.longwire.relay.config.RelayConfig;

/** Lets one position of each node pass in a while, if any are wanted. Used by one thread. */
final class PositionPace {
  /** Beyond these the node whose last one is longest ago is forgotten. */
  private static final int MAX_NODES = NodeDirectory.MAX_NODES;

  private final RelayConfig.Places places;
  private final Map<NodeId, Instant> last = new LinkedHashMap<>();

  PositionPace(RelayConfig.Places places) {
    this.places = places;
  }

  /** Whether this position is to be shown; counts it if so. */
  boolean lets(NodeId node, Instant now) {
    Instant before = last.get(node);
    // A clock that was put back must not silence a node until it has caught up.
    boolean isSoon = before != null
        && !now.isBefore(before)
        && now.isBefore(before.plus(places.positionInterval()));
    if (!places.positions() || isSoon) {
      return false;
    }
    last.remove(node);
    last.put(node, now);
    if (last.size() > MAX_NODES) {
      last.remove(last.keySet().iterator().next());
    }
    return true;
  }
}
