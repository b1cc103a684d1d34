package org.longwire.radio;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.longwire.radio.wire.Data;
import org.longwire.radio.wire.DeviceMetrics;
import org.longwire.radio.wire.LocalStats;
import org.longwire.radio.wire.MeshPacket;
import org.longwire.radio.wire.Position;
import org.longwire.radio.wire.Routing;
import org.longwire.radio.wire.StoreAndForward;
import org.longwire.radio.wire.Telemetry;
import org.longwire.radio.wire.User;

/**
 * Packets to {@link NodeMessage.Heard}. A payload that does not fit its port is no reason to lose
 * the packet: it becomes a {@link NodeMessage.PacketHeard}.
 */
final class HeardCodec {
  /** The port of what could not be decrypted. */
  static final int NO_PORT = -1;

  /** A reception later than this is absurd, as is one from before {@link #EARLIEST}. */
  private static final Duration FUTURE = Duration.ofDays(1);

  private static final Instant EARLIEST = Instant.parse("2020-01-01T00:00:00Z");

  /** Store and forward: a text that was meant for one node, or for everybody. */
  private static final int TEXT_DIRECT = 8;

  private static final int TEXT_BROADCAST = 9;

  /** The priority of what a node sends of its own accord. */
  private static final int BACKGROUND = 10;

  private final InstantSource clock;
  private final Set<Integer> textPorts;

  /** @param textPorts further ports that carry words; a port with a meaning of its own keeps it */
  HeardCodec(InstantSource clock, Set<Integer> textPorts) {
    this.clock = clock;
    this.textPorts = Set.copyOf(textPorts);
  }

  NodeMessage.Heard read(MeshPacket packet) {
    PacketHeader header = header(packet);
    if (!packet.hasDecoded()) {
      return new NodeMessage.PacketHeard(header, NO_PORT);
    }
    Data data = packet.getDecoded();
    try {
      return switch (data.getPortnum()) {
        case PortNum.TEXT_MESSAGE -> chat(header, data);
        case PortNum.ALERT, PortNum.DETECTION_SENSOR -> text(header, data, data.getPayload());
        case PortNum.STORE_FORWARD -> stored(header, data);
        case PortNum.POSITION -> isReplayed(packet) ? other(header, data) : position(header, data);
        case PortNum.WAYPOINT -> waypoint(header, data);
        case PortNum.ROUTING -> result(header, data);
        case PortNum.NODEINFO -> node(header, data);
        case PortNum.TELEMETRY -> telemetry(header, data);
        default -> further(header, data);
      };
    } catch (InvalidProtocolBufferException broken) {
      return other(header, data);
    }
  }

  private static NodeMessage.Heard other(PacketHeader header, Data data) {
    return new NodeMessage.PacketHeard(header, data.getPortnum());
  }

  /**
   * Whether firmware 2.8 tells it from its memory after a handshake, which keeps no channel: what
   * was said on a private one must not pass for public. Such a packet has neither the bitfield of
   * its author nor the mark of whom it was heard from (captures 02, 15a).
   */
  private static boolean isReplayed(MeshPacket packet) {
    return packet.getPriority() == BACKGROUND
        && packet.getRelayNode() == 0
        && !packet.getDecoded().hasBitfield();
  }

  private PacketHeader header(MeshPacket packet) {
    return new PacketHeader(
        new NodeId(packet.getFrom()),
        new NodeId(packet.getTo()),
        packet.getChannel(),
        PacketId.ofWire(packet.getId()),
        receivedAt(packet.getRxTime()),
        hops(packet),
        packet.getViaMqtt(),
        packet.getPkiEncrypted(),
        packet.getPkiEncrypted() ? PacketCodec.key(packet.getPublicKey()) : Optional.empty());
  }

  private Optional<Instant> receivedAt(int seconds) {
    Instant latest = clock.instant().plus(FUTURE);
    return instant(seconds).filter(at -> !at.isAfter(latest) && !at.isBefore(EARLIEST));
  }

  /** The wire's unsigned seconds; 0 stands for no time. */
  static Optional<Instant> instant(int seconds) {
    long unsigned = Integer.toUnsignedLong(seconds);
    return unsigned == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(unsigned));
  }

  /** Firmware before 2.3 told no hops at the start; a bitfield proves a newer one. */
  private static OptionalInt hops(MeshPacket packet) {
    boolean told = packet.getHopStart() != 0 || packet.getDecoded().hasBitfield();
    int hops = packet.getHopStart() - packet.getHopLimit();
    return told && hops >= 0 ? OptionalInt.of(hops) : OptionalInt.empty();
  }

  private static NodeMessage.Heard chat(PacketHeader header, Data data) {
    String words = PacketCodec.text(data.getPayload());
    if (data.getEmoji() != 0 && !words.isEmpty()) {
      return new NodeMessage.ReactionHeard(header, words, PacketId.ofWire(data.getReplyId()));
    }
    return text(header, data, data.getPayload());
  }

  /** What is no UTF-8 on a port of somebody's own is no text, but something else that uses it. */
  private NodeMessage.Heard further(PacketHeader header, Data data) {
    boolean isText = textPorts.contains(data.getPortnum()) && data.getPayload().isValidUtf8();
    return isText ? text(header, data, data.getPayload()) : other(header, data);
  }

  private static NodeMessage.Heard text(PacketHeader header, Data data, ByteString bytes) {
    if (bytes.isEmpty()) {
      return other(header, data);
    }
    Optional<PacketId> replyTo = PacketId.ofWire(data.getReplyId());
    return new NodeMessage.TextHeard(header, data.getPortnum(), PacketCodec.text(bytes), replyTo);
  }

  /** A stored text keeps its author; its addressee and, where told, its id are the original's. */
  private static NodeMessage.Heard stored(PacketHeader header, Data data)
      throws InvalidProtocolBufferException {
    StoreAndForward stored = StoreAndForward.parseFrom(data.getPayload());
    if (stored.getRr() != TEXT_DIRECT && stored.getRr() != TEXT_BROADCAST) {
      return other(header, data);
    }
    NodeId to = stored.getRr() == TEXT_BROADCAST ? NodeId.BROADCAST : header.to();
    PacketHeader original = new PacketHeader(
        header.from(),
        to,
        header.channel(),
        PacketId.ofWire(stored.getOriginalId()).or(header::id),
        header.receivedAt(),
        header.hops(),
        header.viaMqtt(),
        header.privately(),
        header.senderKey());
    return text(original, data, stored.getText());
  }

  private static NodeMessage.Heard position(PacketHeader header, Data data)
      throws InvalidProtocolBufferException {
    Position told = Position.parseFrom(data.getPayload());
    boolean isTold = told.hasLatitudeI() && told.hasLongitudeI();
    return place(isTold, told.getLatitudeI(), told.getLongitudeI())
        .<NodeMessage.Heard>map(place -> new NodeMessage.PositionHeard(header, place))
        .orElseGet(() -> other(header, data));
  }

  private static NodeMessage.Heard waypoint(PacketHeader header, Data data)
      throws InvalidProtocolBufferException {
    org.longwire.radio.wire.Waypoint told =
        org.longwire.radio.wire.Waypoint.parseFrom(data.getPayload());
    boolean isTold = told.hasLatitudeI() && told.hasLongitudeI();
    return place(isTold, told.getLatitudeI(), told.getLongitudeI())
        .<NodeMessage.Heard>map(place -> new NodeMessage.WaypointHeard(
            header,
            new Waypoint(
                told.getId(),
                PacketCodec.text(told.getName()),
                PacketCodec.text(told.getDescription()),
                place,
                instant(told.getExpire()))))
        .orElseGet(() -> other(header, data));
  }

  private static Optional<GeoPoint> place(boolean isTold, int latitudeE7, int longitudeE7) {
    return isTold ? GeoPoint.ofE7(latitudeE7, longitudeE7) : Optional.empty();
  }

  private static NodeMessage.Heard result(PacketHeader header, Data data)
      throws InvalidProtocolBufferException {
    int error = Routing.parseFrom(data.getPayload()).getErrorReason();
    return new NodeMessage.ResultHeard(header, PacketId.ofWire(data.getRequestId()), error);
  }

  private static NodeMessage.Heard node(PacketHeader header, Data data)
      throws InvalidProtocolBufferException {
    User user = User.parseFrom(data.getPayload());
    return new NodeMessage.NodeHeard(
        header, PacketCodec.describe(header.from(), user, header.receivedAt()));
  }

  private NodeMessage.Heard telemetry(PacketHeader header, Data data)
      throws InvalidProtocolBufferException {
    Telemetry telemetry = Telemetry.parseFrom(data.getPayload());
    Instant at = receivedAt(telemetry.getTime()).or(header::receivedAt).orElseGet(clock::instant);
    return switch (telemetry.getKindCase()) {
      case DEVICE_METRICS -> {
        DeviceMetrics told = telemetry.getDeviceMetrics();
        yield new NodeMessage.AirtimeHeard(
            header,
            at,
            percent(told.hasChannelUtilization(), told.getChannelUtilization()),
            percent(told.hasAirUtilTx(), told.getAirUtilTx()));
      }
      case LOCAL_STATS -> {
        LocalStats told = telemetry.getLocalStats();
        yield new NodeMessage.AirtimeHeard(
            header,
            at,
            percent(true, told.getChannelUtilization()),
            percent(true, told.getAirUtilTx()));
      }
      default -> other(header, data);
    };
  }

  /**
   * A utilisation may pass 100 in the firmware's sum; what is negative or no number is not told.
   */
  private static OptionalDouble percent(boolean isTold, float value) {
    return isTold && Float.isFinite(value) && value >= 0
        ? OptionalDouble.of(value)
        : OptionalDouble.empty();
  }
}
