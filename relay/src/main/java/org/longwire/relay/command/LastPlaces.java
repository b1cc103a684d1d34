package org.longwire.relay.command;

import java.util.Optional;
import org.longwire.radio.NodeId;
import org.longwire.relay.bridge.NodeDirectory;
import org.longwire.relay.bridge.Portal;

/** Where nodes were. Any thread. */
@FunctionalInterface
public interface LastPlaces {
  /**
   * Where a node last said it was.
   *
   * @param heardAt the channel: what was said on another one is not for everybody
   */
  Optional<NodeDirectory.Whereabouts> of(NodeId node, Portal.End heardAt);
}
