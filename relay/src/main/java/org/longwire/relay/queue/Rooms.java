package org.longwire.relay.queue;

import java.util.Optional;
import org.longwire.matrix.RoomId;

/** What the queue asks of the bridge about configured rooms. */
public interface Rooms {
  /** The room that messages to this address go to now; empty while it is shut. */
  Optional<RoomId> roomFor(Address.Room address);

  /**
   * The server does not let us into the room (any more): its messages wait.
   *
   * @param room where it was; if messages go to another one by now, nothing is parked
   */
  void park(Address.Room address, RoomId room, String why);
}
