package org.longwire.radio;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.longwire.radio.wire.Data;
import org.longwire.radio.wire.DeviceMetrics;
import org.longwire.radio.wire.EnvironmentMetrics;
import org.longwire.radio.wire.LocalStats;
import org.longwire.radio.wire.MeshPacket;
import org.longwire.radio.wire.Position;
import org.longwire.radio.wire.RouteDiscovery;
import org.longwire.radio.wire.Routing;
import org.longwire.radio.wire.StoreAndForward;
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

  /** What ten millionth of a degree of latitude are on the ground. */
  private static final double METRES_PER_UNIT = 40_007_863 / 360e7;

  /** The battery level of a node on mains. */
  private static final int MAINS = 101;

  private static final int WORST_AIR = 500;

  /** Degrees Celsius. */
  private static final float COLDEST = -273.15f;

  /** Nodes that a route names between its ends, at most. */
  private static final int MAX_HOPS = 8;

  private static final int UNTOLD_SNR = -128;

  private final InstantSource clock;
  private final Set<Integer> textPorts;

  /** @param textPorts further ports that carry words; a port with a meaning of its own keeps it */
  HeardCodec(InstantSource clock, Set<Integer> textPorts) {
    this.clock = clock;
    this.textPorts = Set.copyOf(textPorts);
  }

  NodeMessage.Heard read(MeshPacket packet) {
    NodeMessage.Heard heard = readAny(packet);
    return heard instanceof NodeMessage.PacketHeard other && isReplayed(packet)
        ? new NodeMessage.PacketHeard(other.packet(), other.port(), Optional.empty())
        : heard;
  }

  private NodeMessage.Heard readAny(MeshPacket packet) {
    PacketHeader header = header(packet);
    if (!packet.hasDecoded()) {
      return new NodeMessage.PacketHeard(header, NO_PORT, Optional.empty());
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
        case PortNum.TELEMETRY -> telemetry(header, data, isReplayed(packet));
        case PortNum.TRACEROUTE -> route(header, data);
        default -> further(header, data);
      };
    } catch (InvalidProtocolBufferException broken) {
      return other(header, data);
    }
  }

  private static NodeMessage.Heard other(PacketHeader header, Data data) {
    return new NodeMessage.PacketHeard(header, data.getPortnum(), payload(data));
  }

  /** Larger ones than fit a packet come over wires only, and are nobody's business. */
  private static Optional<PacketData> payload(Data data) {
    return data.getPayload().size() > PacketData.MAX_BYTES
        ? Optional.empty()
        : Optional.of(PacketData.of(data.getPayload().toByteArray()));
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
        packet.getPkiEncrypted() ? PacketCodec.key(packet.getPublicKey()) : Optional.empty(),
        signal(packet));
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

  /**
   * What did not come by radio has no strength, or 0; its ratio is then an old one. What crossed
   * the internet may have been measured anywhere.
   */
  private static Signal signal(MeshPacket packet) {
    return packet.getViaMqtt() || packet.getRxRssi() == 0
        ? Signal.UNKNOWN
        : new Signal(
            finite(true, packet.getRxSnr(), -Float.MAX_VALUE), OptionalInt.of(packet.getRxRssi()));
  }

  /** A signal to noise ratio, where 0 stands for none. */
  static OptionalDouble decibels(float snr) {
    return finite(snr != 0, snr, -Float.MAX_VALUE);
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
        header.senderKey(),
        header.signal());
    return text(original, data, stored.getText());
  }

  private static NodeMessage.Heard position(PacketHeader header, Data data)
      throws InvalidProtocolBufferException {
    Position told = Position.parseFrom(data.getPayload());
    boolean isTold = told.hasLatitudeI() && told.hasLongitudeI();
    return place(isTold, told.getLatitudeI(), told.getLongitudeI())
        .<NodeMessage.Heard>map(
            place -> new NodeMessage.PositionHeard(header, place, blur(told.getPrecisionBits())))
        .orElseGet(() -> other(header, data));
  }

  /** Half a step of a grid on which both numbers keep so many of their 32 bits. */
  private static OptionalInt blur(int precisionBits) {
    return precisionBits < 1 || precisionBits > Integer.SIZE
        ? OptionalInt.empty()
        : OptionalInt.of((int) Math.round(Math.scalb(METRES_PER_UNIT, 31 - precisionBits)));
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
        header,
        PacketCodec.describe(header.from(), user, header.receivedAt(), OptionalDouble.empty()),
        payload(data));
  }

  private NodeMessage.Heard telemetry(PacketHeader header, Data data, boolean isReplayed)
      throws InvalidProtocolBufferException {
    org.longwire.radio.wire.Telemetry told =
        org.longwire.radio.wire.Telemetry.parseFrom(data.getPayload());
    Instant at = receivedAt(told.getTime()).or(header::receivedAt).orElseGet(clock::instant);
    return switch (told.getKindCase()) {
      case DEVICE_METRICS ->
        new NodeMessage.TelemetryHeard(header, at, device(told.getDeviceMetrics()), isReplayed);
      case ENVIRONMENT_METRICS ->
        new NodeMessage.TelemetryHeard(
            header, at, environment(told.getEnvironmentMetrics()), isReplayed);
      case LOCAL_STATS -> {
        LocalStats stats = told.getLocalStats();
        yield new NodeMessage.AirtimeHeard(
            header,
            at,
            finite(true, stats.getChannelUtilization(), 0),
            finite(true, stats.getAirUtilTx(), 0),
            payload(data));
      }
      default -> other(header, data);
    };
  }

  /** A utilisation may pass 100 in the firmware's sum; a voltage below 0 stands for none. */
  private static Telemetry.Device device(DeviceMetrics told) {
    return new Telemetry.Device(
        upTo(told.hasBatteryLevel(), told.getBatteryLevel(), MAINS),
        finite(told.hasVoltage(), told.getVoltage(), 0),
        finite(told.hasChannelUtilization(), told.getChannelUtilization(), 0),
        finite(told.hasAirUtilTx(), told.getAirUtilTx(), 0),
        told.hasUptimeSeconds()
            ? OptionalLong.of(Integer.toUnsignedLong(told.getUptimeSeconds()))
            : OptionalLong.empty());
  }

  private static Telemetry.Environment environment(EnvironmentMetrics told) {
    return new Telemetry.Environment(
        finite(told.hasTemperature(), told.getTemperature(), COLDEST),
        finite(told.hasRelativeHumidity(), told.getRelativeHumidity(), 0),
        finite(told.hasBarometricPressure(), told.getBarometricPressure(), Float.MIN_VALUE),
        finite(told.hasGasResistance(), told.getGasResistance(), 0),
        upTo(told.hasIaq(), told.getIaq(), WORST_AIR));
  }

  /** What is no number, or less than there can be, is not told. */
  private static OptionalDouble finite(boolean isTold, float value, float least) {
    return isTold && Float.isFinite(value) && value >= least
        ? OptionalDouble.of(value)
        : OptionalDouble.empty();
  }

  private static OptionalInt upTo(boolean isTold, int value, int most) {
    return isTold && value >= 0 && value <= most ? OptionalInt.of(value) : OptionalInt.empty();
  }

  /** A request is its addressee's business; who answers is the last to have heard the request. */
  private static NodeMessage.Heard route(PacketHeader header, Data data)
      throws InvalidProtocolBufferException {
    Optional<PacketId> request = PacketId.ofWire(data.getRequestId());
    RouteDiscovery told = RouteDiscovery.parseFrom(data.getPayload());
    boolean isLong = Math.max(told.getRouteCount(), told.getRouteBackCount()) > MAX_HOPS;
    if (request.isEmpty() || isLong) {
      return other(header, data);
    }
    boolean isBackTold = told.getRouteBackCount() + told.getSnrBackCount() > 0;
    return new NodeMessage.RouteHeard(
        header,
        request.get(),
        new Route(
            hops(told.getRouteList(), header.from(), told.getSnrTowardsList()),
            isBackTold
                ? hops(told.getRouteBackList(), header.to(), told.getSnrBackList())
                : List.of()));
  }

  private static List<Route.Hop> hops(List<Integer> between, NodeId end, List<Integer> quarters) {
    List<Route.Hop> hops = new ArrayList<>();
    for (int i = 0; i <= between.size(); i++) {
      NodeId node = i < between.size() ? new NodeId(between.get(i)) : end;
      boolean isTold = i < quarters.size() && quarters.get(i) != UNTOLD_SNR;
      hops.add(new Route.Hop(
          node, isTold ? OptionalDouble.of(quarters.get(i) / 4.0) : OptionalDouble.empty()));
    }
    return hops;
  }
}
