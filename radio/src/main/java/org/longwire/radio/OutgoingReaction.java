package org.longwire.radio;

import java.nio.charset.StandardCharsets;

/**
 * A tapback to send: radios show the symbol at the packet it is about.
 *
 * @param symbol an emoji, not empty
 * @param target the packet reacted to
 */
public record OutgoingReaction(
    PacketId id, NodeId to, ChannelIndex channel, String symbol, PacketId target)
    implements Outgoing {
  @Override
  public int port() {
    return PortNum.TEXT_MESSAGE;
  }

  @Override
  public int payloadBytes() {
    return symbol.getBytes(StandardCharsets.UTF_8).length;
  }
}
