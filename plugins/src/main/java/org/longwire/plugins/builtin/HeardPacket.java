package org.longwire.plugins.builtin;

import java.util.Optional;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.PacketHeader;
import org.longwire.radio.PortNum;

/**
 * A packet without what it says.
 *
 * @param port -1 if it could not be decrypted
 */
record HeardPacket(int port, PacketHeader header) {
  /** The packet of an event; empty if it is of none. */
  static Optional<HeardPacket> of(MeshEvent event) {
    if (event instanceof MeshEvent.TextReceived text) {
      return Optional.of(new HeardPacket(text.port(), text.packet()));
    }
    if (event instanceof MeshEvent.ReactionReceived reaction) {
      return Optional.of(new HeardPacket(PortNum.TEXT_MESSAGE, reaction.packet()));
    }
    if (event instanceof MeshEvent.PositionReceived position) {
      return Optional.of(new HeardPacket(PortNum.POSITION, position.packet()));
    }
    if (event instanceof MeshEvent.WaypointReceived mark) {
      return Optional.of(new HeardPacket(PortNum.WAYPOINT, mark.packet()));
    }
    if (event instanceof MeshEvent.TelemetryReceived told) {
      return Optional.of(new HeardPacket(PortNum.TELEMETRY, told.packet()));
    }
    if (event instanceof MeshEvent.RouteReceived route) {
      return Optional.of(new HeardPacket(PortNum.TRACEROUTE, route.packet()));
    }
    return event instanceof MeshEvent.OtherReceived other
        ? Optional.of(new HeardPacket(other.port(), other.packet()))
        : Optional.empty();
  }
}
