package org.longwire.relay.bridge;

import java.util.List;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.NodeId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.queue.Address;

/**
 * A bridged room and what is at its other end: channels, or one node.
 *
 * @param address the room, by the id or alias of the configuration
 * @param via servers that may know the way to it
 * @param ends at least one
 */
public record Portal(Address.Room address, List<String> via, List<End> ends) {
  /**
   * The mesh's side of a room.
   *
   * @param to everybody on the channel, or the one node of a private room
   */
  public record End(RadioId radio, ChannelIndex channel, NodeId to) {
    /** Direct messages go under the addressee's key; the channel says nothing. */
    private static final ChannelIndex NO_CHANNEL = new ChannelIndex(0);

    /** A channel of a radio. */
    public static End channel(RadioId radio, ChannelIndex channel) {
      return new End(radio, channel, NodeId.BROADCAST);
    }

    /** One node, as a radio knows it. */
    public static End direct(RadioId radio, NodeId node) {
      return new End(radio, NO_CHANNEL, node);
    }

    public boolean isDirect() {
      return !to.isBroadcast();
    }

    public Address.Mesh address() {
      return new Address.Mesh(radio, channel, to);
    }
  }

  /** Whether this is a private room. */
  public boolean isDirect() {
    return ends.stream().anyMatch(End::isDirect);
  }

  /** How far a room is usable at present. */
  public sealed interface State {
    /** One sentence for status. */
    String sentence();

    /** Not entered yet. */
    record Closed(String why) implements State {
      @Override
      public String sentence() {
        return why;
      }
    }

    /** Entered; messages pass. */
    record Open(org.longwire.matrix.RoomId room) implements State {
      @Override
      public String sentence() {
        return "joined";
      }
    }

    /**
     * Shut by the other side. Its messages wait, and expire when they have waited too long.
     *
     * @param why one sentence with its cure
     */
    record Parked(String why) implements State {
      @Override
      public String sentence() {
        return "parked: " + why;
      }
    }
  }
}
