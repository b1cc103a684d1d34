package org.longwire.plugins.api;

import java.util.Optional;
import org.longwire.radio.MeshEvent;

/** What a plugin may want to hear of. */
public enum Interest {
  /**
   * Texts and tapbacks of channels that it is active on, and those sent to our node alone; never
   * the relay's own, nor what is known to be another relay's.
   */
  MESH_TEXTS,
  /** Where nodes are, and the marks that they set. */
  MESH_POSITIONS,
  /** What nodes measure of themselves and around them. */
  MESH_TELEMETRY,
  /** Names and keys of nodes. */
  MESH_NODES,
  /** Answers to route requests. */
  MESH_ROUTES,
  /** Packets of all other kinds, with their payload as it came. */
  MESH_PACKETS,
  /** What people and other relays do in the bridged rooms; never what the relay itself says. */
  ROOM_MESSAGES;

  /** Whether these are messages: those alone can be claimed. */
  public boolean isMessages() {
    return this == MESH_TEXTS || this == ROOM_MESSAGES;
  }

  /** Which of these an event of a mesh is; empty for what the relay keeps for itself. */
  public static Optional<Interest> of(MeshEvent event) {
    if (event instanceof MeshEvent.TextReceived || event instanceof MeshEvent.ReactionReceived) {
      return Optional.of(MESH_TEXTS);
    }
    if (event instanceof MeshEvent.PositionReceived
        || event instanceof MeshEvent.WaypointReceived) {
      return Optional.of(MESH_POSITIONS);
    }
    if (event instanceof MeshEvent.TelemetryReceived) {
      return Optional.of(MESH_TELEMETRY);
    }
    if (event instanceof MeshEvent.NodeSeen || event instanceof MeshEvent.NodeRenumbered) {
      return Optional.of(MESH_NODES);
    }
    if (event instanceof MeshEvent.RouteReceived) {
      return Optional.of(MESH_ROUTES);
    }
    return event instanceof MeshEvent.OtherReceived ? Optional.of(MESH_PACKETS) : Optional.empty();
  }
}
