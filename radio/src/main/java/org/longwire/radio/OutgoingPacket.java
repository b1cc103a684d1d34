package org.longwire.radio;

import java.util.Set;

/**
 * A packet to send of a kind that has no form of its own here. One for a single node goes under
 * that node's key; where firmware knows no such packets ({@link PortNum#POSITION}, node
 * information, routing and route requests), it is refused ({@link Refusal#PKI_FAILED}).
 *
 * @param port see {@link #check}
 * @param payload see {@link #check}
 */
public record OutgoingPacket(
    PacketId id, NodeId to, ChannelIndex channel, int port, PacketData payload)
    implements Outgoing {
  /** Texts are {@link OutgoingText}s, and administration is nobody's business. */
  private static final Set<Integer> REFUSED =
      Set.of(PortNum.TEXT_MESSAGE, PortNum.TEXT_MESSAGE_COMPRESSED, PortNum.ADMIN);

  /** Numbers of ports from here on take a byte more. */
  private static final int LONG_PORT = 128;

  /** @throws IllegalArgumentException see {@link #check} */
  public OutgoingPacket {
    check(port, payload);
  }

  /**
   * Whether there can be such a packet.
   *
   * @param port 1 to {@link PortNum#MAX}, neither texts nor administration
   * @param payload at most {@link OutgoingText#MAX_BYTES} bytes, one less from port 128 on
   * @throws IllegalArgumentException if not
   */
  public static void check(int port, PacketData payload) {
    if (port < 1 || port > PortNum.MAX || REFUSED.contains(port)) {
      throw new IllegalArgumentException("no packets are sent on port %d".formatted(port));
    }
    if (bytes(port, payload) > OutgoingText.MAX_BYTES) {
      throw new IllegalArgumentException("a packet on port %d carries at most %d bytes"
          .formatted(port, OutgoingText.MAX_BYTES - (port < LONG_PORT ? 0 : 1)));
    }
  }

  private static int bytes(int port, PacketData payload) {
    return payload.bytes().length + (port < LONG_PORT ? 0 : 1);
  }

  /** With what the number of the port takes more than that of a text. */
  @Override
  public int payloadBytes() {
    return bytes(port, payload);
  }
}
