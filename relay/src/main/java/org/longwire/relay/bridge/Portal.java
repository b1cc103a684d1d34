package org.longwire.relay.bridge;

import java.util.List;
import org.longwire.radio.ChannelIndex;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.queue.Address;

/**
 * A bridged room and the channels at its other end.
 *
 * @param address the room, by the id or alias of the configuration
 * @param via servers that may know the way to it
 * @param ends at least one
 */
public record Portal(Address.Room address, List<String> via, List<End> ends) {
  /** A channel of a radio. */
  public record End(RadioId radio, ChannelIndex channel) {}

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
