package org.longwire.radio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.longwire.radio.wire.Data;
import org.longwire.radio.wire.ToRadio;

/**
 * Says what is wrong with a packet as the codec writes it: too large for a frame, no UTF-8, a
 * character that no reader should meet (reference: meshtastic.md §4.6). Pure.
 */
public final class PacketJudge {
  /** What the node puts beside our fields: two bytes that say what it may do with the packet. */
  private static final int NODES_OWN_BYTES = 2;

  private static final int FRAME_HEADER = 16;
  private static final String KEY = "00".repeat(32);
  private static final NodeIdentity NODE =
      new NodeIdentity(new NodeId(0x10de0001), "2.7.19", 0, LoraSettings.LONG_FAST);
  private static final PacketCodec CODEC = new PacketCodec(() -> Instant.EPOCH, Set.of());

  private PacketJudge() {}

  /**
   * What is wrong.
   *
   * @param isSigned whether a node of firmware 2.8 is to be able to sign it
   */
  public static List<String> faults(Outgoing packet, boolean isSigned) {
    List<String> faults = new ArrayList<>();
    Airtime.Kind kind = kind(packet, isSigned);
    int limit = TextLimit.bytes(kind, answering(packet));
    if (packet.payloadBytes() > limit) {
      faults.add("payload of %d bytes, and %d may be".formatted(packet.payloadBytes(), limit));
    }
    Data data = encoded(packet);
    int frame = FRAME_HEADER + data.getSerializedSize() + NODES_OWN_BYTES + kind.extraBytes();
    if (frame > Airtime.MAX_FRAME) {
      faults.add("a frame of %d bytes".formatted(frame));
    }
    if (data.getPortnum() == PortNum.TEXT_MESSAGE) {
      judge(data.getPayload().toByteArray(), faults);
    } else if (data.getPortnum() != packet.port()) {
      faults.add("port " + data.getPortnum());
    } else if (data.getWantResponse() != packet instanceof OutgoingRouteRequest) {
      faults.add("asks for an answer, or fails to");
    }
    return faults;
  }

  private static Airtime.Kind kind(Outgoing packet, boolean isSigned) {
    if (packet.isUnderKey()) {
      return Airtime.Kind.DIRECT;
    }
    return isSigned && packet.port() == PortNum.TEXT_MESSAGE
        ? Airtime.Kind.SIGNED_BROADCAST
        : Airtime.Kind.BROADCAST;
  }

  private static TextLimit.Answering answering(Outgoing packet) {
    if (packet instanceof OutgoingReaction) {
      return TextLimit.Answering.BY_REACTION;
    }
    return packet instanceof OutgoingText text && text.replyTo().isPresent()
        ? TextLimit.Answering.BY_REPLY
        : TextLimit.Answering.NOTHING;
  }

  private static Data encoded(Outgoing packet) {
    byte[] bytes =
        packet.isUnderKey() ? CODEC.direct(packet, KEY, NODE) : CODEC.onChannel(packet, NODE);
    try {
      return ToRadio.parseFrom(bytes).getPacket().getDecoded();
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  private static void judge(byte[] payload, List<String> faults) {
    String text;
    try {
      text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
    } catch (CharacterCodingException broken) {
      faults.add("broken UTF-8");
      return;
    }
    if (text.isBlank()) {
      faults.add("nothing to read");
    }
    text.codePoints()
        .filter(PacketJudge::isTrick)
        .forEach(c -> faults.add("U+%04X in a text".formatted(c)));
  }

  /** Controls, directions, tags and what else hides or turns words; by ranges of its own. */
  private static boolean isTrick(int c) {
    return (Character.getType(c) == Character.CONTROL && c != '\n')
        || c == 0x00AD
        || c == 0x061C
        || c == 0x200B
        || c == 0x200E
        || c == 0x200F
        || (c >= 0x2028 && c <= 0x202E)
        || (c >= 0x2060 && c <= 0x206F)
        || c == 0xFEFF
        || (c >= 0xE0000 && c <= 0xE0FFF)
        || (c & 0xFFFE) == 0xFFFE;
  }
}
