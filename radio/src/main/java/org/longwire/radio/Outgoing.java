package org.longwire.radio;

/**
 * A packet to send. The caller has stored {@link #id()} before the first attempt and repeats it
 * only where the outcome of an earlier attempt is unknown.
 */
public sealed interface Outgoing permits OutgoingText, OutgoingReaction, OutgoingPosition {
  PacketId id();

  /** {@link NodeId#BROADCAST}, or one node: then it goes under that node's public key alone. */
  NodeId to();

  /** The channel of a broadcast; a packet to one node has none on the air. */
  ChannelIndex channel();

  /** The bytes of the payload, which {@link TextLimit} bounds and {@link Airtime} costs. */
  int payloadBytes();

  /** Whether it is for one node alone. */
  default boolean isDirect() {
    return !to().isBroadcast();
  }
}
