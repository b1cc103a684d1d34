package org.longwire.radio;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.longwire.radio.wire.AdminMessage;
import org.longwire.radio.wire.Channel;
import org.longwire.radio.wire.ClientNotification;
import org.longwire.radio.wire.Config;
import org.longwire.radio.wire.Data;
import org.longwire.radio.wire.FromRadio;
import org.longwire.radio.wire.Heartbeat;
import org.longwire.radio.wire.LoRaConfig;
import org.longwire.radio.wire.LogRecord;
import org.longwire.radio.wire.MeshPacket;
import org.longwire.radio.wire.MyNodeInfo;
import org.longwire.radio.wire.NodeInfo;
import org.longwire.radio.wire.Position;
import org.longwire.radio.wire.QueueStatus;
import org.longwire.radio.wire.ToRadio;
import org.longwire.radio.wire.User;

/**
 * Payloads to our records and back. Together with {@link HeardCodec}, which reads what comes from
 * the air, the only class that knows the wire's form. Lenient: unknown kinds and fields are
 * skipped, enums stay numbers, broken UTF-8 becomes U+FFFD. No exception leaves {@link #decode}.
 */
final class PacketCodec {
  /** The number of bytes of a public key. */
  private static final int KEY_BYTES = 32;

  /** Kinds without use for us that the node fills alone: configurations, files, presets. */
  private static final Set<Integer> NODES_OWN = Set.of(0, 5, 9, 10, 15, 17, 19);

  /** Kinds that we always read. */
  private static final Set<Integer> KNOWN = Set.of(2, 3, 4, 6, 7, 8, 11, 13, 16);

  /** The newest firmware uses 19; numbers far beyond come from damage. */
  private static final int HIGHEST_KIND = 127;

  private final HeardCodec heard;

  /** @param textPorts see {@link HeardCodec} */
  PacketCodec(InstantSource clock, Set<Integer> textPorts) {
    this.heard = new HeardCodec(clock, textPorts);
  }

  /**
   * What a node's payload says; empty if it is no message at all, or one of the node's own making
   * that has bytes of a frame in it: a torn frame that has swallowed the beginning of the next and
   * still makes sense. Messages that carry strangers' words are never judged so, or a stranger
   * could write frames.
   */
  Optional<NodeMessage> decode(byte[] payload) {
    try {
      FromRadio message = FromRadio.parseFrom(payload);
      NodeMessage read = read(message, payload);
      boolean isTorn = isImpossible(read) || isNodesOwn(read) && holdsFrame(payload);
      return isTorn ? Optional.empty() : Optional.of(read);
    } catch (IOException broken) {
      return Optional.empty();
    }
  }

  /** A kind that we read, in a form that it never has, or a number that no kind will have soon. */
  private static boolean isImpossible(NodeMessage message) {
    return message instanceof NodeMessage.Other other
        && (KNOWN.contains(other.variant()) || other.variant() > HIGHEST_KIND);
  }

  private static boolean isNodesOwn(NodeMessage message) {
    if (message instanceof NodeMessage.Other other) {
      return NODES_OWN.contains(other.variant());
    }
    return message instanceof NodeMessage.MyNodeTold
        || message instanceof NodeMessage.ChannelTold
        || message instanceof NodeMessage.ModemTold
        || message instanceof NodeMessage.RoleTold
        || message instanceof NodeMessage.FirmwareTold
        || message instanceof NodeMessage.ConfigComplete
        || message instanceof NodeMessage.Rebooted
        || message instanceof NodeMessage.QueueStatusTold;
  }

  private static boolean holdsFrame(byte[] payload) {
    for (int at = 0; at < payload.length; at++) {
      boolean isLast = at == payload.length - 1;
      if (payload[at] == FrameEncoder.START_1
          && (isLast || payload[at + 1] == FrameEncoder.START_2)) {
        return true;
      }
    }
    return false;
  }

  private NodeMessage read(FromRadio message, byte[] payload) throws IOException {
    return switch (message.getVariantCase()) {
      case PACKET -> heard.read(message.getPacket());
      case MY_INFO -> read(message.getMyInfo());
      case NODE_INFO -> new NodeMessage.NodeTold(read(message.getNodeInfo()));
      case CONFIG -> read(message.getConfig(), payload);
      case LOG_RECORD -> read(message.getLogRecord());
      case CONFIG_COMPLETE_ID -> new NodeMessage.ConfigComplete(message.getConfigCompleteId());
      case REBOOTED -> new NodeMessage.Rebooted();
      case CHANNEL -> read(message.getChannel(), payload);
      case QUEUE_STATUS -> read(message.getQueueStatus());
      case METADATA ->
        new NodeMessage.FirmwareTold(text(message.getMetadata().getFirmwareVersion()));
      case CLIENT_NOTIFICATION -> read(message.getClientNotification());
      default -> other(payload);
    };
  }

  private static NodeMessage read(MyNodeInfo my) {
    return new NodeMessage.MyNodeTold(new NodeId(my.getMyNodeNum()), my.getRebootCount());
  }

  private static NodeDescription read(NodeInfo node) {
    Optional<Instant> lastHeard = HeardCodec.instant(node.getLastHeard());
    OptionalDouble snr = HeardCodec.decibels(node.getSnr());
    return describe(new NodeId(node.getNum()), node.getUser(), lastHeard, snr);
  }

  /** What a user tells, under the number that told it. */
  static NodeDescription describe(
      NodeId id, User user, Optional<Instant> lastHeard, OptionalDouble snr) {
    return new NodeDescription(
        id,
        name(user.getLongName()),
        name(user.getShortName()),
        key(user.getPublicKey()),
        user.getHwModel() == 0 ? OptionalInt.empty() : OptionalInt.of(user.getHwModel()),
        role(user),
        lastHeard,
        snr);
  }

  /** The commonest role is the wire's silence, so who tells nothing else has told none. */
  private static OptionalInt role(User user) {
    return user.equals(User.getDefaultInstance())
        ? OptionalInt.empty()
        : OptionalInt.of(user.getRole());
  }

  private static Optional<String> name(ByteString bytes) {
    return Optional.of(text(bytes)).filter(name -> !name.isEmpty());
  }

  /** A public key in hex digits; empty if it is none. */
  static Optional<String> key(ByteString bytes) {
    return Optional.of(bytes).filter(key -> key.size() == KEY_BYTES).map(key -> HexFormat.of()
        .formatHex(key.toByteArray()));
  }

  private static NodeMessage read(Config config, byte[] payload) throws IOException {
    return switch (config.getPartCase()) {
      case LORA -> new NodeMessage.ModemTold(read(config.getLora()));
      case DEVICE -> new NodeMessage.RoleTold(config.getDevice().getRole());
      default -> other(payload);
    };
  }

  private static ModemConfig read(LoRaConfig lora) {
    return new ModemConfig(
        lora.getUsePreset(),
        lora.getModemPreset(),
        lora.getBandwidth(),
        lora.getSpreadFactor(),
        lora.getCodingRate(),
        lora.getRegion(),
        lora.getHopLimit(),
        lora.getTxEnabled(),
        lora.getOverrideDutyCycle());
  }

  private static NodeMessage read(Channel channel, byte[] payload) throws IOException {
    if (!ChannelIndex.isValid(channel.getIndex())) {
      return other(payload);
    }
    ChannelDescription.Role role =
        switch (channel.getRole()) {
          case 1 -> ChannelDescription.Role.PRIMARY;
          case 2 -> ChannelDescription.Role.SECONDARY;
          default -> ChannelDescription.Role.DISABLED;
        };
    return new NodeMessage.ChannelTold(new ChannelDescription(
        new ChannelIndex(channel.getIndex()), text(channel.getSettings().getName()), role));
  }

  private static NodeMessage read(QueueStatus status) {
    return new NodeMessage.QueueStatusTold(
        status.getRes(),
        status.getFree(),
        status.getMaxlen(),
        PacketId.ofWire(status.getMeshPacketId()));
  }

  private static NodeMessage read(ClientNotification notification) {
    return new NodeMessage.Notification(
        text(notification.getMessage()), PacketId.ofWire(notification.getReplyId()));
  }

  private static NodeMessage read(LogRecord log) {
    return new NodeMessage.LogLine(text(log.getSource()) + ": " + text(log.getMessage()));
  }

  /** Names the kind that our schema does not: the first field besides the unused id. */
  private static NodeMessage other(byte[] payload) throws IOException {
    CodedInputStream fields = CodedInputStream.newInstance(payload);
    for (int tag = fields.readTag(); tag != 0; tag = fields.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) != FromRadio.ID_FIELD_NUMBER) {
        return new NodeMessage.Other(WireFormat.getTagFieldNumber(tag));
      }
      fields.skipField(tag);
    }
    return new NodeMessage.Other(0);
  }

  static String text(ByteString bytes) {
    return bytes.toStringUtf8();
  }

  /** Asks for the dump. */
  byte[] wantConfig(int nonce) {
    return ToRadio.newBuilder().setWantConfigId(nonce).build().toByteArray();
  }

  /** Keeps the session alive; the node answers with a queue status. */
  byte[] heartbeat() {
    Heartbeat plain = Heartbeat.getDefaultInstance();
    return ToRadio.newBuilder().setHeartbeat(plain).build().toByteArray();
  }

  /** Ends the session, so that the node keeps packets for the next one. */
  byte[] disconnect() {
    return ToRadio.newBuilder().setDisconnect(true).build().toByteArray();
  }

  /** A packet under its channel's key, in the name of the node itself. */
  byte[] onChannel(Outgoing packet, NodeIdentity own) {
    return toRadio(packet(packet, own).setChannel(packet.channel().value()));
  }

  /**
   * A packet to one node. It says that it wants that node's key, and which: what the node cannot do
   * so, it must refuse. Left to itself, firmware before 2.7.19 takes the channel's key, which all
   * the others have, if it lacks the addressee's (reference: meshtastic.md §4.7).
   *
   * @param key 64 hex digits
   */
  byte[] direct(Outgoing packet, String key, NodeIdentity own) {
    ByteString bytes = ByteString.copyFrom(HexFormat.of().parseHex(key));
    return toRadio(packet(packet, own).setPkiEncrypted(true).setPublicKey(bytes));
  }

  /**
   * Our own number as sender, or the refusal of a text that comes too soon would be sent over the
   * air instead of to us (reference: meshtastic.md §0.3); no priority (§3.3).
   */
  private static MeshPacket.Builder packet(Outgoing packet, NodeIdentity own) {
    return MeshPacket.newBuilder()
        .setFrom(own.node().number())
        .setTo(packet.to().number())
        .setDecoded(data(packet))
        .setId(packet.id().value())
        .setHopLimit(own.lora().hopLimit())
        .setWantAck(true);
  }

  /** An answer is wished for where a route is asked for, and never to a text (§0.11). */
  private static Data data(Outgoing packet) {
    Data.Builder data = Data.newBuilder().setPortnum(packet.port());
    if (packet instanceof OutgoingText text) {
      data.setPayload(ByteString.copyFromUtf8(text.text()));
      text.replyTo().ifPresent(id -> data.setReplyId(id.value()));
    } else if (packet instanceof OutgoingReaction reaction) {
      data.setPayload(ByteString.copyFromUtf8(reaction.symbol()))
          .setReplyId(reaction.target().value())
          .setEmoji(1);
    } else if (packet instanceof OutgoingPosition position) {
      data.setPayload(payload(position.point()));
    } else if (packet instanceof OutgoingRouteRequest) {
      data.setWantResponse(true);
    } else if (packet instanceof OutgoingPacket other) {
      data.setPayload(ByteString.copyFrom(other.payload().bytes()));
    }
    return data.build();
  }

  private static ByteString payload(GeoPoint point) {
    return Position.newBuilder()
        .setLatitudeI(point.latitudeE7())
        .setLongitudeI(point.longitudeE7())
        .build()
        .toByteString();
  }

  private static byte[] toRadio(MeshPacket.Builder packet) {
    return ToRadio.newBuilder().setPacket(packet).build().toByteArray();
  }

  /** Tells the node the time (reference: meshtastic.md §4.15). */
  byte[] setTime(NodeId own, PacketId id, Instant now) {
    AdminMessage admin =
        AdminMessage.newBuilder().setSetTimeOnly((int) now.getEpochSecond()).build();
    Data data = Data.newBuilder()
        .setPortnum(PortNum.ADMIN)
        .setPayload(admin.toByteString())
        .build();
    MeshPacket.Builder packet = MeshPacket.newBuilder()
        .setFrom(own.number())
        .setTo(own.number())
        .setDecoded(data)
        .setId(id.value());
    return toRadio(packet);
  }
}
