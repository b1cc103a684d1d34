package org.longwire.plugins.api;

import org.longwire.matrix.EventId;
import org.longwire.matrix.RoomId;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;

/** The message that another one answers or reacts to. */
public sealed interface About {
  /** A packet, by the id of the radio that heard it. */
  record Packet(String radio, NodeId from, PacketId id) implements About {}

  record Event(RoomId room, EventId id) implements About {}
}
