package org.longwire.radio;

/**
 * A packet to send. The caller has stored {@link #id()} before the first attempt and repeats it
 * only where the outcome of an earlier attempt is unknown.
 */
public sealed interface Outgoing
    permits OutgoingText, OutgoingReaction, OutgoingPosition, OutgoingRouteRequest, OutgoingPacket {
  PacketId id();

  /** {@link NodeId#BROADCAST}, or one node. */
  NodeId to();

  /** Its channel; a packet under a node's key has none on the air. */
  ChannelIndex channel();

  /** What kind of packet it is, see {@link PortNum}. */
  int port();

  /** The bytes of the payload, which {@link TextLimit} bounds and {@link Airtime} costs. */
  int payloadBytes();

  /** Whether it is for one node alone. */
  default boolean isDirect() {
    return !to().isBroadcast();
  }

  /** Whether it goes under the public key of the one node that it is for, or not at all. */
  default boolean isUnderKey() {
    return isDirect();
  }
}
