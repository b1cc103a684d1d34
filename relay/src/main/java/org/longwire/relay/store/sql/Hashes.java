package org.longwire.relay.store.sql;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.longwire.matrix.EventId;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.relay.store.repository.ArchivedMessage;
import org.longwire.relay.store.repository.LinkKey;

/**
 * Eight bytes that stand for a longer key in an index. The same everywhere, so that stores can be
 * copied into each other. What must not be confused is compared in full as well.
 */
final class Hashes {
  private Hashes() {}

  static long of(EventId event) {
    return of("event", event.value());
  }

  static long of(LinkKey link) {
    return of("link", link.room(), link.radio().value(), link.channel().toString());
  }

  static long of(String meshnet, NodeId from, PacketId packet) {
    return of("packet", meshnet, from.toString(), packet.toString());
  }

  /** A packet whose sender nobody knows; among millions hardly ever the same as another. */
  static long of(String meshnet, PacketId packet) {
    return of("packet", meshnet, packet.toString());
  }

  /**
   * What makes a message the same as one from elsewhere: its packet, else its event.
   *
   * @param id of its row, for one that has neither and is the same as no other
   */
  static long identity(ArchivedMessage message, long id) {
    if (message.node().isPresent() && message.packet().isPresent()) {
      return of(message.meshnet(), message.node().get(), message.packet().get());
    }
    return message.event().map(Hashes::of).orElse(id);
  }

  private static long of(String... parts) {
    MessageDigest digest = sha256();
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      // The length before the text: no two lists of parts give the same bytes.
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      digest.update(bytes);
    }
    return ByteBuffer.wrap(digest.digest()).getLong();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
