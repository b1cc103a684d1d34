package org.longwire.relay;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;

/** Frames of a node, taken apart and made by hand, for what the simulated one would not say. */
final class NodeWords {
  private static final int HEADER = 4;
  private static final int QUEUE_STATUS = 11 << 3 | 2;
  private static final int PACKET = 2 << 3 | 2;

  private NodeWords() {}

  /** The messages in whole frames; what is no frame is left out. */
  static List<byte[]> messages(byte[] bytes) {
    List<byte[]> messages = new ArrayList<>();
    for (int at = 0; at + HEADER <= bytes.length; ) {
      if ((bytes[at] & 0xff) != 0x94 || (bytes[at + 1] & 0xff) != 0xc3) {
        at++;
        continue;
      }
      int length = (bytes[at + 2] & 0xff) << 8 | bytes[at + 3] & 0xff;
      byte[] message = new byte[length];
      System.arraycopy(bytes, at + HEADER, message, 0, length);
      messages.add(message);
      at += HEADER + length;
    }
    return messages;
  }

  static byte[] frame(byte[] message) {
    return ByteBuffer.allocate(HEADER + message.length)
        .put((byte) 0x94)
        .put((byte) 0xc3)
        .putShort((short) message.length)
        .put(message)
        .array();
  }

  /** The packet that a queue status speaks of. */
  static Optional<PacketId> statusOf(byte[] message) {
    if (message[0] != QUEUE_STATUS) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(message, 2, message.length - 2);
    int id = 0;
    while (in.hasRemaining()) {
      int field = in.get() >> 3;
      int value = varint(in);
      id = field == 4 ? value : id;
    }
    return PacketId.ofWire(id);
  }

  static boolean isRouting(byte[] message) {
    return message[0] == PACKET && contains(message, new byte[] {0x08, 0x05, 0x12});
  }

  private static boolean contains(byte[] message, byte[] part) {
    for (int at = 0; at + part.length <= message.length; at++) {
      if (java.util.Arrays.equals(message, at, at + part.length, part, 0, part.length)) {
        return true;
      }
    }
    return false;
  }

  private static int varint(ByteBuffer in) {
    int value = 0;
    for (int shift = 0; ; shift += 7) {
      int part = in.get();
      value |= (part & 0x7f) << shift;
      if (part >= 0) {
        return value;
      }
    }
  }

  static byte[] queueStatus(int result, PacketId id) {
    ByteArrayOutputStream status = new ByteArrayOutputStream();
    number(status, 1, result);
    number(status, 2, 0);
    number(status, 3, 16);
    number(status, 4, id.value());
    return field(QUEUE_STATUS, status.toByteArray());
  }

  /** A routing result from the node itself. */
  static byte[] routing(NodeId own, PacketId request, int error) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    number(data, 1, 5);
    data.writeBytes(new byte[] {0x12, 2, 0x18, (byte) error});
    fixed(data, 6, request.value());
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    fixed(packet, 1, own.number());
    fixed(packet, 2, own.number());
    packet.writeBytes(field(4 << 3 | 2, data.toByteArray()));
    fixed(packet, 6, request.value() ^ 0x5a5a5a5a);
    return field(PACKET, packet.toByteArray());
  }

  private static byte[] field(int tag, byte[] content) {
    return ByteBuffer.allocate(2 + content.length)
        .put((byte) tag)
        .put((byte) content.length)
        .put(content)
        .array();
  }

  private static void number(ByteArrayOutputStream out, int field, int value) {
    out.write(field << 3);
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      out.write(rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }

  private static void fixed(ByteArrayOutputStream out, int field, int value) {
    out.write(field << 3 | 5);
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(value)
        .array();
    out.writeBytes(bytes);
  }
}
