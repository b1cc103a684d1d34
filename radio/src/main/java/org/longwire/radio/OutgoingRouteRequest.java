package org.longwire.radio;

/**
 * Asks a node for the way to it, which {@link MeshEvent.RouteReceived} tells. All nodes on the way
 * read and amend it, so it goes under its channel's key. A node takes one in 30 s.
 *
 * @param channel one that both nodes and those between them have
 */
public record OutgoingRouteRequest(PacketId id, NodeId to, ChannelIndex channel)
    implements Outgoing {
  /** @throws IllegalArgumentException if it is for everybody, which firmware refuses */
  public OutgoingRouteRequest {
    if (to.isBroadcast()) {
      throw new IllegalArgumentException("a way leads to one node");
    }
  }

  @Override
  public int port() {
    return PortNum.TRACEROUTE;
  }

  @Override
  public boolean isUnderKey() {
    return false;
  }

  /** None; what says that an answer is wanted takes the room of the payload's own beginning. */
  @Override
  public int payloadBytes() {
    return 0;
  }
}
