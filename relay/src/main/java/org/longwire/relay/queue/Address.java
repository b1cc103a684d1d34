package org.longwire.relay.queue;

import org.longwire.radio.ChannelIndex;
import org.longwire.radio.NodeId;
import org.longwire.relay.config.RadioId;

/** Where a message is to be delivered. Order is kept per address. */
public sealed interface Address {
  /**
   * A bridged room, by the id or alias under which the configuration knows it: the room behind it
   * may change by an upgrade while a message waits.
   */
  record Room(String configured) implements Address {}

  /** A channel of a radio, or one node. */
  record Mesh(RadioId radio, ChannelIndex channel, NodeId to) implements Address {}
}
