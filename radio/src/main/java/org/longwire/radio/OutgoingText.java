package org.longwire.radio;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A text to send.
 *
 * @param text as many bytes of UTF-8 as {@link TextLimit} says, {@link #MAX_BYTES} at most
 * @param replyTo the packet this answers
 */
public record OutgoingText(
    PacketId id, NodeId to, ChannelIndex channel, String text, Optional<PacketId> replyTo)
    implements Outgoing {
  /** What a broadcast may carry, in bytes of UTF-8 (reference: meshtastic.md §4.6). */
  public static final int MAX_BYTES = 232;

  @Override
  public int port() {
    return PortNum.TEXT_MESSAGE;
  }

  @Override
  public int payloadBytes() {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
