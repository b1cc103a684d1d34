package org.longwire.relay.bridge;

import java.util.List;
import java.util.Optional;
import org.longwire.matrix.RoomEvent;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.CommandCall;
import org.longwire.radio.GeoPoint;
import org.longwire.radio.MeshEvent;

/** What is said to the relay itself, and what it answers. Never throws for what anybody wrote. */
public interface Commands {
  /** A relay that listens to nobody. */
  Commands NONE = new Commands() {
    @Override
    public Optional<Answer> answer(RoomEvent.TextMessage event, Portal portal) {
      return Optional.empty();
    }

    @Override
    public boolean isCommand(RoomEvent.TextMessage event, Portal portal) {
      return false;
    }

    @Override
    public Optional<Answer> answer(Asked asked) {
      return Optional.empty();
    }

    @Override
    public List<Command> usable(CommandCall call) {
      return List.of();
    }
  };

  /**
   * Does what a message in a bridged room asks of the relay; such a message never goes to the mesh.
   * Belongs to the sync thread: it may ask the homeserver.
   *
   * @return empty if the message is not a command
   */
  Optional<Answer> answer(RoomEvent.TextMessage event, Portal portal);

  /** Whether a message would be one; nothing is done. */
  boolean isCommand(RoomEvent.TextMessage event, Portal portal);

  /**
   * The same as {@link #answer(RoomEvent.TextMessage, Portal)} for a text of the mesh. Asks nobody
   * but the store. Belongs to the bridge's thread.
   *
   * @return empty if the text is not a command, or none that this node may give: then it is a text
   *     like others
   */
  Optional<Answer> answer(Asked asked);

  /** The commands that whoever gave one may use there, the relay's own and those of plugins. */
  List<Command> usable(CommandCall call);

  /**
   * A text of the mesh.
   *
   * @param end where it was said: a channel, or {@link Portal.End#direct} for what was said to our
   *     node alone
   * @param text its words, cleaned
   */
  record Asked(Portal.End end, String text, MeshEvent.TextReceived event) {
    /**
     * The public key under which it came, 64 hex digits; empty if under none. It tells who asks,
     * which a node's number does not.
     */
    public Optional<String> key() {
      return event.packet().senderKey();
    }
  }

  /**
   * What to say below a command.
   *
   * @param name of the command
   * @param text empty if nothing is to be said: the room is closed, the one who asks is too fast,
   *     or asked long ago
   * @param place that it tells of, which a room is shown on a map
   */
  record Answer(String name, String text, Optional<GeoPoint> place) {
    public Answer(String name, String text) {
      this(name, text, Optional.empty());
    }
  }
}
