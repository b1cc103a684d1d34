package org.longwire.radio;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.longwire.radio.wire.Channel;
import org.longwire.radio.wire.ChannelSettings;
import org.longwire.radio.wire.Config;
import org.longwire.radio.wire.Data;
import org.longwire.radio.wire.DeviceMetadata;
import org.longwire.radio.wire.DeviceMetrics;
import org.longwire.radio.wire.FromRadio;
import org.longwire.radio.wire.LoRaConfig;
import org.longwire.radio.wire.MeshPacket;
import org.longwire.radio.wire.MyNodeInfo;
import org.longwire.radio.wire.NodeInfo;
import org.longwire.radio.wire.QueueStatus;
import org.longwire.radio.wire.Routing;
import org.longwire.radio.wire.Telemetry;
import org.longwire.radio.wire.User;

/** Frames as a node would write them. */
final class FromNode {
  static final NodeId OWN = new NodeId(0xA1B2C3D4);
  static final NodeId PEER = new NodeId(0x0BADCAFE);

  private FromNode() {}

  static byte[] frame(FromRadio.Builder message) {
    return FrameEncoder.encode(message.build().toByteArray());
  }

  static byte[] hex(String payload) {
    return FrameEncoder.encode(HexFormat.of().parseHex(payload));
  }

  static byte[] myNode(NodeId own, int reboots) {
    return frame(FromRadio.newBuilder()
        .setMyInfo(MyNodeInfo.newBuilder().setMyNodeNum(own.number()).setRebootCount(reboots)));
  }

  static byte[] complete(int nonce) {
    return frame(FromRadio.newBuilder().setConfigCompleteId(nonce));
  }

  static byte[] rebooted() {
    return frame(FromRadio.newBuilder().setRebooted(true));
  }

  static byte[] firmware(String version) {
    return frame(FromRadio.newBuilder()
        .setMetadata(
            DeviceMetadata.newBuilder().setFirmwareVersion(ByteString.copyFromUtf8(version))));
  }

  static User user(String name, String key) {
    return User.newBuilder()
        .setLongName(ByteString.copyFromUtf8(name))
        .setPublicKey(ByteString.copyFrom(HexFormat.of().parseHex(key)))
        .build();
  }

  static byte[] node(NodeId id, User user) {
    return frame(FromRadio.newBuilder()
        .setNodeInfo(NodeInfo.newBuilder().setNum(id.number()).setUser(user)));
  }

  /** A whole dump of firmware 2.7.26 in one piece. */
  static byte[] dump(NodeId own, int reboots, int nonce) {
    return dump(own, reboots, nonce, "2.7.26");
  }

  static byte[] dump(NodeId own, int reboots, int nonce, String version) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(myNode(own, reboots));
    all.writeBytes(node(own, user("Own", "")));
    all.writeBytes(firmware(version));
    Channel.Builder primary = Channel.newBuilder()
        .setRole(1)
        .setSettings(ChannelSettings.newBuilder().setName(ByteString.copyFromUtf8("base")));
    all.writeBytes(frame(FromRadio.newBuilder().setChannel(primary)));
    LoRaConfig.Builder lora =
        LoRaConfig.newBuilder().setUsePreset(true).setRegion(3).setHopLimit(5).setTxEnabled(true);
    all.writeBytes(frame(FromRadio.newBuilder().setConfig(Config.newBuilder().setLora(lora))));
    all.writeBytes(complete(nonce));
    return all.toByteArray();
  }

  static MeshPacket.Builder packet(NodeId from, NodeId to, int id, Data.Builder data) {
    return MeshPacket.newBuilder()
        .setFrom(from.number())
        .setTo(to.number())
        .setId(id)
        .setDecoded(data);
  }

  static byte[] frame(MeshPacket.Builder packet) {
    return frame(FromRadio.newBuilder().setPacket(packet));
  }

  static Data.Builder data(int port, byte[] payload) {
    return Data.newBuilder().setPortnum(port).setPayload(ByteString.copyFrom(payload));
  }

  static byte[] text(NodeId from, NodeId to, int id, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return frame(packet(from, to, id, data(PortNum.TEXT_MESSAGE, bytes)));
  }

  static byte[] broadcast(NodeId from, int id, String text) {
    return text(from, NodeId.BROADCAST, id, text);
  }

  static byte[] nodeInfo(NodeId from, User user) {
    return frame(packet(from, NodeId.BROADCAST, 99, data(PortNum.NODEINFO, user.toByteArray())));
  }

  static byte[] result(NodeId from, PacketId request, int error) {
    byte[] routing = Routing.newBuilder().setErrorReason(error).build().toByteArray();
    Data.Builder data = data(PortNum.ROUTING, routing).setRequestId(request.value());
    return frame(packet(from, OWN, 0x77, data));
  }

  static byte[] queue(int result, int free, int id) {
    return frame(FromRadio.newBuilder()
        .setQueueStatus(QueueStatus.newBuilder()
            .setRes(result)
            .setFree(free)
            .setMaxlen(16)
            .setMeshPacketId(id)));
  }

  static byte[] telemetry(NodeId from) {
    return frame(telemetryPacket(from));
  }

  static MeshPacket.Builder telemetryPacket(NodeId from) {
    DeviceMetrics.Builder metrics =
        DeviceMetrics.newBuilder().setChannelUtilization(12.5f).setAirUtilTx(Float.NaN);
    byte[] telemetry = Telemetry.newBuilder().setDeviceMetrics(metrics).build().toByteArray();
    return packet(from, NodeId.BROADCAST, 0x66, data(PortNum.TELEMETRY, telemetry));
  }

  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  static String key(int filler) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) filler);
    return HexFormat.of().formatHex(key);
  }
}
