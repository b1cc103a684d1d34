package org.longwire.relay.command;

import java.util.List;
import java.util.Optional;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.UserId;
import org.longwire.plugins.api.Command.Where;
import org.longwire.relay.bridge.Portal;
import org.longwire.relay.config.RadioId;

/**
 * What somebody asks.
 *
 * @param ends where on the mesh it is asked, or what the room is joined to; at least one
 * @param room where on Matrix it is asked, and by whom; empty if a node asks
 */
record Request(String args, List<Portal.End> ends, Optional<InRoom> room) {
  /**
   * @param id of the room as it is now
   * @param salutation what a command begins with there, lest it be a text like others; perhaps
   *     nothing
   */
  record InRoom(Portal portal, RoomId id, UserId person, String salutation) {}

  /** The radio that is meant when none is named. */
  RadioId radio() {
    return ends.get(0).radio();
  }

  /** How a command has to be written here, given without the exclamation mark. */
  String written(String command) {
    return room.map(InRoom::salutation).orElse("") + "!" + command;
  }

  Where where() {
    return where(
        room.isPresent(),
        room.map(in -> in.portal().isDirect()).orElse(ends.get(0).isDirect()));
  }

  static Where where(boolean isRoom, boolean isPrivate) {
    if (isRoom) {
      return isPrivate ? Where.PRIVATE_ROOM : Where.ROOM;
    }
    return isPrivate ? Where.DIRECT : Where.CHANNEL;
  }
}
