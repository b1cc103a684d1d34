package org.longwire.radio.sim;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.longwire.radio.ChannelDescription;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.radio.PortNum;

/** The messages that a node tells its client, as bytes (reference: meshtastic.md §3). */
final class PhoneFrames {
  static final int PACKET = 2;
  static final int MY_INFO = 3;
  static final int NODE_INFO = 4;
  static final int CONFIG = 5;
  static final int CONFIG_COMPLETE = 7;
  static final int REBOOTED = 8;
  static final int MODULE_CONFIG = 9;
  static final int CHANNEL = 10;
  static final int QUEUE_STATUS = 11;
  static final int METADATA = 13;
  static final int FILE_DESCRIPTION = 15;
  static final int CLIENT_NOTIFICATION = 16;
  static final int DEVICE_UI = 17;

  private static final int START_1 = 0x94;
  private static final int START_2 = 0xC3;
  private static final int HEADER_BYTES = 4;
  private static final int HW_HELTEC_V3 = 43;
  private static final int PRIORITY_ACK = 120;
  private static final int PRIORITY_BACKGROUND = 10;
  private static final int TRANSPORT_LORA = 1;
  private static final int LEVEL_WARNING = 30;
  private static final int WANT_RESPONSE_BIT = 2;

  private PhoneFrames() {}

  /** Wraps a message into the stream's frame. */
  static byte[] frame(byte[] message) {
    return ByteBuffer.allocate(HEADER_BYTES + message.length)
        .put((byte) START_1)
        .put((byte) START_2)
        .putShort((short) message.length)
        .put(message)
        .array();
  }

  static byte[] variant(int field, WireWriter content) {
    return new WireWriter().message(field, content).toBytes();
  }

  static byte[] number(int field, int value) {
    return new WireWriter().uintAlways(field, value).toBytes();
  }

  static WireWriter user(NodeId id, String longName, String shortName, byte[] publicKey) {
    byte[] mac =
        ByteBuffer.allocate(6).putShort((short) 0x0200).putInt(id.number()).array();
    return new WireWriter()
        .text(1, id.toString())
        .text(2, longName)
        .text(3, shortName)
        .bytes(4, mac)
        .uint(5, HW_HELTEC_V3)
        .bytes(8, publicKey)
        .uintAlways(9, 0);
  }

  static byte[] nodeOf(NodeSettings own) {
    WireWriter user = user(own.id, own.longName, own.shortName, own.publicKey());
    return variant(
        NODE_INFO,
        new WireWriter()
            .uint(1, own.id.number())
            .message(2, user)
            .message(3, new WireWriter())
            .bool(10, true));
  }

  static byte[] nodeOf(SimulatedPeer peer, int lastHeard) {
    return variant(
        NODE_INFO,
        new WireWriter()
            .uint(1, peer.id().number())
            .message(2, peer.userAsKnown())
            .floatAlways(4, peer.snr())
            .fixed(5, lastHeard)
            .uintAlways(9, 0));
  }

  static WireWriter metadata(NodeSettings own) {
    return new WireWriter()
        .text(1, own.firmware)
        .uint(2, 24)
        .bool(4, true)
        .uint(8, 811)
        .uint(9, HW_HELTEC_V3)
        .bool(11, own.hasKey);
  }

  static WireWriter channel(ChannelDescription channel) {
    boolean used = channel.role() != ChannelDescription.Role.DISABLED;
    WireWriter settings = new WireWriter();
    if (used) {
      settings
          .bytes(2, new byte[] {1})
          .text(3, channel.name())
          .message(7, new WireWriter().uint(1, 13));
    }
    return new WireWriter()
        .int32(1, channel.index().value())
        .message(2, settings)
        .uint(3, channel.role().ordinal());
  }

  static WireWriter lora(NodeSettings own, boolean txEnabled) {
    return new WireWriter()
        .bool(1, true)
        .uint(3, own.bandwidthHz / 1_000)
        .uint(4, own.spreadFactor)
        .uint(5, own.codingRate)
        .uint(7, own.region)
        .uint(8, own.hopLimit)
        .bool(9, txEnabled)
        .int32(10, 27)
        .bool(12, own.region == NodeSettings.REGION_EU_868 && own.dutyCyclePercent >= 100);
  }

  static byte[] queueStatus(QueueStatus status) {
    return variant(
        QUEUE_STATUS,
        new WireWriter()
            .int32(1, status.res())
            .uint(2, status.free())
            .uint(3, AirQueue.SLOTS)
            .uint(4, status.id()));
  }

  static byte[] notification(PacketId about, int time, String message) {
    return variant(
        CLIENT_NOTIFICATION,
        new WireWriter()
            .uintAlways(1, about.value())
            .fixed(2, time)
            .uint(3, LEVEL_WARNING)
            .text(4, message));
  }

  /** A packet that came from the air. */
  static byte[] heard(AirPacket packet, SimulatedPeer sender, int time) {
    WireWriter out = head(packet).fixed(7, time).floatAlways(8, sender.snr());
    out.uint(9, packet.hopLimit()).bool(10, packet.wantAck()).int32(12, sender.rssi());
    out.uint(15, packet.hopStart());
    if (packet.isPrivate()) {
      out.bytes(16, sender.publicKey()).bool(17, true);
    }
    out.uint(19, sender.id().number() & 0xFF).uint(21, TRANSPORT_LORA);
    return variant(PACKET, out);
  }

  /** What the node itself answers: from itself to itself. */
  static byte[] local(AirPacket packet, int time) {
    return variant(PACKET, head(packet).fixed(7, time).uint(11, PRIORITY_ACK));
  }

  static byte[] ownTelemetry(AirPacket packet, int time) {
    WireWriter out = head(packet).fixed(7, time).uint(9, packet.hopLimit());
    return variant(PACKET, out.uint(11, PRIORITY_BACKGROUND));
  }

  /** The bytes of the payload part, which count against the limit of a packet on the air. */
  static WireWriter data(AirPacket packet) {
    return new WireWriter()
        .uint(1, packet.port())
        .bytes(2, packet.payload())
        .bool(3, packet.wantResponse())
        .fixed(6, packet.requestId())
        .fixed(7, packet.replyTo())
        .fixed(8, packet.emoji())
        .uintAlways(9, packet.wantResponse() ? WANT_RESPONSE_BIT : 0);
  }

  static byte[] routing(int error) {
    return new WireWriter().uintAlways(3, error).toBytes();
  }

  static AirPacket routingPacket(NodeId from, NodeId to, PacketId id, int error) {
    return AirPacket.of(from, to, id, PortNum.ROUTING, routing(error));
  }

  /** One line of a node's log, coloured as the firmware colours it. */
  static byte[] logLine(String level, int uptimeSeconds, String words) {
    String line = String.format(
        Locale.ROOT,
        "\u001b[32m%s\u001b[0m | %02d:%02d:%02d %d %s\r\n",
        level,
        uptimeSeconds / 3600,
        uptimeSeconds / 60 % 60,
        uptimeSeconds % 60,
        uptimeSeconds,
        words);
    return line.getBytes(StandardCharsets.UTF_8);
  }

  private static WireWriter head(AirPacket packet) {
    WireWriter out = new WireWriter()
        .fixed(1, packet.from().number())
        .fixed(2, packet.to().number())
        .uint(3, packet.isPrivate() ? 0 : packet.channel());
    if (packet.encrypted()) {
      out.bytes(5, packet.payload());
    } else {
      out.message(4, data(packet));
    }
    return out.fixed(6, packet.id().value());
  }
}
