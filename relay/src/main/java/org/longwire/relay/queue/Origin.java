package org.longwire.relay.queue;

import org.longwire.matrix.EventId;
import org.longwire.matrix.RoomId;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.RadioId;

/** Where an accepted message came from; the key by which it is accepted only once. */
public sealed interface Origin {
  /** A packet of the mesh. */
  record Packet(RadioId radio, NodeId from, PacketId id) implements Origin {}

  /** An event of a room. */
  record Event(RoomId room, EventId id) implements Origin {}

  /**
   * The relay's own word, a notice to an author or a room.
   *
   * @param about the same notice is given once, so this names its occasion
   */
  record Notice(String about) implements Origin {}
}
