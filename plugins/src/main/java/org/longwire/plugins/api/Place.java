package org.longwire.plugins.api;

import org.longwire.matrix.RoomId;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.NodeId;

/** Where something is said. */
public sealed interface Place {
  /** Whether only one person or node hears it. */
  boolean isPrivate();

  /**
   * A bridged room.
   *
   * @param isPrivate whether it is the room of a person and a node
   */
  record Room(RoomId id, boolean isPrivate) implements Place {}

  /** A channel of a mesh, by the id that the radio has in the configuration. */
  record Channel(String radio, ChannelIndex channel) implements Place {
    @Override
    public boolean isPrivate() {
      return false;
    }
  }

  /** Our node and another one alone, under that one's public key. */
  record Direct(String radio, NodeId node) implements Place {
    @Override
    public boolean isPrivate() {
      return true;
    }
  }
}
