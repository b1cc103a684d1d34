package org.longwire.plugins.api;

import java.util.List;
import org.longwire.matrix.RoomEvent;
import org.longwire.radio.MeshEvent;

/** A command that somebody gave. Its answers go back to where it was given. */
public sealed interface CommandCall {
  /** The name under which the plugin has declared it, even if an alias was used. */
  String command();

  /** What stood behind it, stripped; a stranger's words, perhaps none. */
  String args();

  /** Where it was given. */
  Place place();

  /**
   * The channels whose people read the answer, none if it is private: what was told on others is
   * not for them.
   */
  List<Place.Channel> channels();

  /**
   * What the asker is known to be: an administrator by the relay's configuration, or what the
   * homeserver said of him because the command needs a role, else {@link Command.Role#EVERYONE}.
   * What is for moderators must be a command of that role.
   */
  Command.Role role();

  /** By a node. */
  record FromMesh(
      String command, String args, Place place, Command.Role role, MeshEvent.TextReceived event)
      implements CommandCall {
    /** The radio's id in the configuration. */
    public String radio() {
      return place instanceof Place.Channel channel
          ? channel.radio()
          : ((Place.Direct) place).radio();
    }

    @Override
    public List<Place.Channel> channels() {
      return place instanceof Place.Channel channel ? List.of(channel) : List.of();
    }
  }

  /**
   * In a room.
   *
   * @param ends what of the mesh the room is joined to; at least one
   */
  record FromRoom(
      String command,
      String args,
      Place.Room place,
      Command.Role role,
      RoomEvent.TextMessage event,
      List<Place> ends)
      implements CommandCall {
    public FromRoom {
      ends = List.copyOf(ends);
    }

    @Override
    public List<Place.Channel> channels() {
      return ends.stream()
          .filter(Place.Channel.class::isInstance)
          .map(Place.Channel.class::cast)
          .toList();
    }
  }
}
