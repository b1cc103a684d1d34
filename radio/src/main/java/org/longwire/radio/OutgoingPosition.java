package org.longwire.radio;

/**
 * A position to send. The mesh takes it for the place of our node, and so does the node itself,
 * unless its position is fixed. Only to everybody: firmware puts no position under a node's key, so
 * one that is for one node alone is refused ({@link Refusal#PKI_FAILED}).
 */
public record OutgoingPosition(PacketId id, NodeId to, ChannelIndex channel, GeoPoint point)
    implements Outgoing {
  /** Two numbers of four bytes, each behind its key. */
  private static final int BYTES = 10;

  @Override
  public int port() {
    return PortNum.POSITION;
  }

  @Override
  public int payloadBytes() {
    return BYTES;
  }
}
