package org.longwire.radio.sim;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One message of a node, in one line that two runs can be compared by: the kind, and what matters
 * of it. Numbers that a node draws for itself are left out.
 */
record Told(String line) {
  private static final Set<Integer> ANSWERS = Set.of(5);

  /** All frames in a stream of frames; anything else between them fails. */
  static List<Told> all(byte[] stream) throws WireReader.Malformed {
    List<Told> told = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(stream);
    while (in.hasRemaining()) {
      if (in.get() != (byte) 0x94 || in.get() != (byte) 0xC3) {
        throw new WireReader.Malformed("no frame at " + (in.position() - 1));
      }
      byte[] message = new byte[in.getShort() & 0xFFFF];
      in.get(message);
      told.add(of(message));
    }
    return told;
  }

  static Told of(byte[] message) throws WireReader.Malformed {
    WireReader in = new WireReader(message);
    if (!in.next()) {
      return new Told("empty");
    }
    return new Told(
        switch (in.field()) {
          case PhoneFrames.PACKET -> packet(in.bytes());
          case PhoneFrames.MY_INFO -> "my_info " + hex(fields(in.bytes()).get(1));
          case PhoneFrames.NODE_INFO -> "node_info " + hex(fields(in.bytes()).get(1));
          case PhoneFrames.CONFIG -> "config " + fields(in.bytes()).keySet();
          case PhoneFrames.CONFIG_COMPLETE -> "config_complete " + in.int32();
          case PhoneFrames.REBOOTED -> "rebooted";
          case PhoneFrames.MODULE_CONFIG -> "module " + (in.bytes().length == 0 ? "empty" : "set");
          case PhoneFrames.CHANNEL -> "channel " + channel(in.bytes());
          case PhoneFrames.QUEUE_STATUS -> queueStatus(in.bytes());
          case PhoneFrames.METADATA -> "metadata";
          case PhoneFrames.FILE_DESCRIPTION -> "file";
          case PhoneFrames.CLIENT_NOTIFICATION -> "notification " + notification(in.bytes());
          case PhoneFrames.DEVICE_UI -> "device_ui";
          default -> "variant " + in.field();
        });
  }

  boolean startsWith(String start) {
    return line.startsWith(start);
  }

  private static String packet(byte[] bytes) throws WireReader.Malformed {
    Map<Integer, Object> packet = fields(bytes);
    String head = "packet from=%s to=%s".formatted(hex(packet.get(1)), hex(packet.get(2)));
    if (packet.containsKey(5)) {
      return head + " encrypted";
    }
    Map<Integer, Object> data = fields((byte[]) packet.get(4));
    int port = ((Long) data.get(1)).intValue();
    if (ANSWERS.contains(port)) {
      Map<Integer, Object> routing = fields((byte[]) data.get(2));
      return "%s routing %s for %s".formatted(head, routing.get(3), hex(data.get(6)));
    }
    byte[] payload = (byte[]) data.getOrDefault(2, new byte[0]);
    if (port != 1) {
      return head + " port=" + port;
    }
    return "%s channel=%s reply=%s emoji=%s private=%s text=%s"
        .formatted(
            head,
            packet.getOrDefault(3, 0L),
            hex(data.get(7)),
            data.getOrDefault(8, 0L),
            packet.containsKey(17),
            new String(payload, StandardCharsets.UTF_8));
  }

  private static String queueStatus(byte[] bytes) throws WireReader.Malformed {
    Map<Integer, Object> status = fields(bytes);
    return "queue res=%s free=%s of %s for %s"
        .formatted(
            status.getOrDefault(1, 0L),
            status.getOrDefault(2, 0L),
            status.get(3),
            hex(status.get(4)));
  }

  private static String channel(byte[] bytes) throws WireReader.Malformed {
    Map<Integer, Object> channel = fields(bytes);
    Map<Integer, Object> settings = fields((byte[]) channel.get(2));
    byte[] name = (byte[]) settings.getOrDefault(3, new byte[0]);
    return "%s role=%s name=%s"
        .formatted(
            channel.getOrDefault(1, 0L),
            channel.getOrDefault(3, 0L),
            new String(name, StandardCharsets.UTF_8));
  }

  private static String notification(byte[] bytes) throws WireReader.Malformed {
    Map<Integer, Object> fields = fields(bytes);
    return hex(fields.get(1)) + " " + new String((byte[]) fields.get(4), StandardCharsets.UTF_8);
  }

  private static Map<Integer, Object> fields(byte[] bytes) throws WireReader.Malformed {
    Map<Integer, Object> fields = new TreeMap<>();
    WireReader in = new WireReader(bytes);
    while (in.next()) {
      fields.put(in.field(), in.isBytes() ? in.bytes() : in.int64());
    }
    return fields;
  }

  private static String hex(Object number) {
    return number == null ? "-" : "%08x".formatted(((Long) number).intValue());
  }
}
