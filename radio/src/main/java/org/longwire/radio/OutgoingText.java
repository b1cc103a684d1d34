package org.longwire.radio;

import java.util.Optional;

/**
 * A text to send. The caller has stored {@code id} before the first attempt and repeats it only
 * where the outcome of an earlier attempt is unknown.
 *
 * @param to {@link NodeId#BROADCAST} or one node
 * @param text at most {@link #MAX_BYTES} bytes of UTF-8
 * @param replyTo the packet this answers
 */
public record OutgoingText(
    PacketId id, NodeId to, ChannelIndex channel, String text, Optional<PacketId> replyTo) {
  /** What a broadcast may carry, in bytes of UTF-8 (reference: meshtastic.md §4.6). */
  public static final int MAX_BYTES = 232;
}
