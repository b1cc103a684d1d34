package org.longwire.radio;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One fact the mesh or the attached node told us, in the past tense. A new kind of fact breaks
 * every {@link MeshListener} at compile time, on purpose.
 */
public sealed interface MeshEvent {
  /** Calls the listener's method for this kind of event. */
  void tell(MeshListener listener);

  /**
   * Somebody sent a text: chat, an alert, a detection sensor, or a text replayed by a
   * store-and-forward node.
   *
   * @param port the port it came on, see {@link PortNum}
   * @param text decoded as UTF-8, broken bytes replaced by U+FFFD; not otherwise cleaned; never
   *     empty
   * @param replyTo the packet this answers, if it is a reply
   */
  record TextReceived(PacketHeader packet, int port, String text, Optional<PacketId> replyTo)
      implements MeshEvent {
    @Override
    public void tell(MeshListener listener) {
      listener.onText(this);
    }
  }

  /**
   * Somebody reacted with a tapback.
   *
   * @param symbol the emoji as sent, not empty
   * @param target the packet reacted to; empty if the sender gave none
   */
  record ReactionReceived(PacketHeader packet, String symbol, Optional<PacketId> target)
      implements MeshEvent {
    @Override
    public void tell(MeshListener listener) {
      listener.onReaction(this);
    }
  }

  /**
   * Somebody told where they are. What a node of firmware 2.8 repeats from its memory after a
   * handshake has lost its channel and is {@link OtherReceived} instead.
   *
   * @param precisionMetres how far off the point may be because its sender blurs it, 0 for not at
   *     all; empty if not told
   */
  record PositionReceived(PacketHeader packet, GeoPoint point, OptionalInt precisionMetres)
      implements MeshEvent {
    @Override
    public void tell(MeshListener listener) {
      listener.onPosition(this);
    }
  }

  /** Somebody marked a place, or changed or removed the mark. */
  record WaypointReceived(PacketHeader packet, Waypoint waypoint) implements MeshEvent {
    @Override
    public void tell(MeshListener listener) {
      listener.onWaypoint(this);
    }
  }

  /** A node's name or key was learnt or told again, from the node list or from a packet. */
  record NodeSeen(NodeDescription node) implements MeshEvent {
    @Override
    public void tell(MeshListener listener) {
      listener.onNode(this);
    }
  }

  /**
   * A node that was known under another number, recognised by its public key (firmware 2.8 derives
   * the number from the key).
   */
  record NodeRenumbered(NodeId before, NodeId now) implements MeshEvent {
    @Override
    public void tell(MeshListener listener) {
      listener.onNodeRenumbered(this);
    }
  }

  /**
   * A node told what it measures, ours too. Kinds of measurements that have no place in
   * {@link Telemetry}, and what firmware 2.8 repeats from its memory, are {@link OtherReceived}
   * instead.
   */
  record TelemetryReceived(PacketHeader packet, Telemetry telemetry) implements MeshEvent {
    @Override
    public void tell(MeshListener listener) {
      listener.onTelemetry(this);
    }
  }

  /**
   * The way between our node and another one, as that one answers to an
   * {@link OutgoingRouteRequest}.
   *
   * @param request the packet that asked for it; it may be a request of another client of our node
   */
  record RouteReceived(PacketHeader packet, Optional<PacketId> request, Route route)
      implements MeshEvent {
    @Override
    public void tell(MeshListener listener) {
      listener.onRoute(this);
    }
  }

  /**
   * The attached node's own measure of the air.
   *
   * @param channelUtilisation per cent of the last minute in which the channel was busy
   * @param airUtilisationTx per cent of the last hour in which our node was transmitting
   */
  record AirtimeTold(Instant at, OptionalDouble channelUtilisation, OptionalDouble airUtilisationTx)
      implements MeshEvent {
    @Override
    public void tell(MeshListener listener) {
      listener.onAirtime(this);
    }
  }

  /** What became of a packet that we sent; several may come for one packet. */
  record DeliveryReport(PacketId packet, DeliveryState state) implements MeshEvent {
    @Override
    public void tell(MeshListener listener) {
      listener.onDelivery(this);
    }
  }

  /** The link came up, was lost, or the node behind it changed. */
  record LinkChanged(LinkState state) implements MeshEvent {
    @Override
    public void tell(MeshListener listener) {
      listener.onLink(this);
    }
  }

  /** The node has something to say to its operator: a warning, a duplicate key, a refusal. */
  record NodeNotice(String message, Optional<PacketId> about) implements MeshEvent {
    @Override
    public void tell(MeshListener listener) {
      listener.onNotice(this);
    }
  }

  /**
   * A packet that was heard and is not chat: counted, never relayed.
   *
   * @param port its port number, or -1 when it could not be decrypted
   * @param payload as it came; empty when it could not be decrypted, when it was meant for another
   *     node, and when its channel is lost because firmware 2.8 repeats it from its memory
   */
  record OtherReceived(PacketHeader packet, int port, Optional<PacketData> payload)
      implements MeshEvent {
    @Override
    public void tell(MeshListener listener) {
      listener.onOther(this);
    }
  }

  /**
   * Which node is attached and which channels it has, as a finished dump tells it; told before the
   * link counts as ready, and again only when something of it has changed.
   *
   * @param channels all that the node told, in the order of their index, disabled ones too
   */
  record IdentityTold(NodeIdentity identity, List<ChannelDescription> channels)
      implements MeshEvent {
    @Override
    public void tell(MeshListener listener) {
      listener.onIdentity(this);
    }
  }
}
