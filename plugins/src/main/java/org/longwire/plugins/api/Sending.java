package org.longwire.plugins.api;

import java.util.Optional;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketData;

/**
 * Something that a plugin sends, see {@link PluginContext#send}. It goes through the relay's queue:
 * behind what people say, once, and also after a restart.
 */
public sealed interface Sending {
  /**
   * Words, and whatever belongs to them.
   *
   * @param about what it answers; it must have been said in that place, else it is none
   */
  record Words(Place place, Answer answer, Optional<About> about) implements Sending {
    public Words(Place place, String text) {
      this(place, Answer.of(text), Optional.empty());
    }
  }

  /** A reaction, such as ✅, where that was said. */
  record Reaction(About about, String symbol) implements Sending {}

  /**
   * Asks for the way to a node; the answer, if one comes, is heard by those who are interested in
   * {@link Interest#MESH_ROUTES}. Firmware lets one such request through in 30 s; one that could
   * not go within {@link Limits#ROUTE_REQUEST} never goes.
   */
  record RouteRequest(String radio, ChannelIndex channel, NodeId node) implements Sending {}

  /**
   * A packet of a kind that is not chat. Only for plugins that the operator has given the port
   * number to ({@code ports = [...]} in their section); never a text, never administration.
   *
   * @param port its port number, 1 to 511
   * @param payload at most 232 bytes, 231 from port 128 on, and 12 less to one node
   */
  record Packet(String radio, ChannelIndex channel, NodeId to, int port, PacketData payload)
      implements Sending {}

  /**
   * A packet as a message of a room, which only other relays understand; see the plugin
   * {@code relay-packets}. What clients show of it is the text.
   *
   * @param data goes with it under the key {@code org.longwire.packet}
   */
  record PacketNotice(Place.Room place, String text, String data) implements Sending {}
}
