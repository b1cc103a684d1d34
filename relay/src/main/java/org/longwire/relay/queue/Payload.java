package org.longwire.relay.queue;

import java.util.Optional;
import org.longwire.matrix.MessageContent;
import org.longwire.radio.PacketId;

/** What is to be delivered. */
public sealed interface Payload {
  /** A message for a room. */
  record RoomMessage(MessageContent content) implements Payload {}

  /** A text for the mesh, within the byte limit. */
  record MeshText(String text, Optional<PacketId> replyTo) implements Payload {}

  /** What was stored cannot be read any more: damaged, or written by another version. */
  record Unreadable() implements Payload {}
}
