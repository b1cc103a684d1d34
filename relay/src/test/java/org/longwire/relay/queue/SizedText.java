package org.longwire.relay.queue;

import java.util.Optional;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.NodeId;
import org.longwire.radio.Outgoing;
import org.longwire.radio.OutgoingText;
import org.longwire.radio.PacketId;

/** Texts of which only the length matters. */
final class SizedText {
  private SizedText() {}

  static Outgoing of(int bytes) {
    return new OutgoingText(
        new PacketId(1),
        NodeId.BROADCAST,
        new ChannelIndex(0),
        "x".repeat(bytes),
        Optional.empty());
  }
}
