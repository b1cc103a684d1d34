package org.longwire.plugins.host;

import org.longwire.matrix.RoomId;
import org.longwire.plugins.api.Place;

/** What the relay knows of its bridges, whatever a plugin claims of them. Quick. Any thread. */
public interface BridgedRooms {
  /** Whether a channel is joined to any room. */
  boolean isBridged(Place.Channel channel);

  /** Whether it is the room of a person and a node. */
  boolean isPrivate(RoomId room);

  /** Whether it is the one that the configuration means by a name: an id or an alias. */
  boolean isNamed(RoomId room, String name);
}
