package org.longwire.radio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.longwire.radio.wire.Data;
import org.longwire.radio.wire.DeviceMetrics;
import org.longwire.radio.wire.EnvironmentMetrics;
import org.longwire.radio.wire.MeshPacket;
import org.longwire.radio.wire.Position;
import org.longwire.radio.wire.RouteDiscovery;

/** What is not chat, as it is read from the air; the captures say the rest. */
class HeardCodecTest {
  private final PacketCodec codec = new PacketCodec(() -> Bench.START, Set.of());

  private NodeMessage.Heard readPacket(MeshPacket.Builder packet) {
    byte[] frame = FromNode.frame(packet);
    return (NodeMessage.Heard)
        codec.decode(Arrays.copyOfRange(frame, 4, frame.length)).orElseThrow();
  }

  @Test
  void aMeasureThatIsNoNumberIsNotTold() {
    NodeMessage.TelemetryHeard told =
        (NodeMessage.TelemetryHeard) readPacket(FromNode.telemetryPacket(FromNode.OWN));
    assertEquals(
        new Telemetry.Device(
            OptionalInt.empty(),
            OptionalDouble.empty(),
            OptionalDouble.of(12.5),
            OptionalDouble.empty(),
            OptionalLong.empty()),
        told.telemetry());
  }

  @Test
  void whatCannotBeIsNotTold() {
    DeviceMetrics device = DeviceMetrics.newBuilder()
        .setBatteryLevel(102)
        .setVoltage(-0.001f)
        .setChannelUtilization(Float.NEGATIVE_INFINITY)
        .setAirUtilTx(-1)
        .setUptimeSeconds(-1)
        .build();
    assertEquals(
        new Telemetry.Device(
            OptionalInt.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalLong.of(4_294_967_295L)),
        measured(telemetry().setDeviceMetrics(device)));
    EnvironmentMetrics around = EnvironmentMetrics.newBuilder()
        .setTemperature(-300)
        .setRelativeHumidity(-1)
        .setBarometricPressure(0)
        .setGasResistance(Float.NaN)
        .setIaq(501)
        .build();
    assertEquals(
        new Telemetry.Environment(
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalInt.empty()),
        measured(telemetry().setEnvironmentMetrics(around)));
  }

  private static org.longwire.radio.wire.Telemetry.Builder telemetry() {
    return org.longwire.radio.wire.Telemetry.newBuilder();
  }

  private Telemetry measured(org.longwire.radio.wire.Telemetry.Builder told) {
    Data.Builder data =
        FromNode.data(PortNum.TELEMETRY, told.build().toByteArray()).setBitfield(0);
    MeshPacket.Builder packet = FromNode.packet(FromNode.PEER, NodeId.BROADCAST, 9, data);
    return ((NodeMessage.TelemetryHeard) readPacket(packet)).telemetry();
  }

  @ParameterizedTest
  @CsvSource({
    "6.25, -87, false, 6.25, -87",
    "0, -87, false, 0, -87",
    "6.25, 0, false, , ",
    "0, 0, false, , ",
    "NaN, -87, false, , -87",
    "6.25, -87, true, , ",
  })
  void aSignalIsToldOfWhatCameByRadio(
      float snr, int rssi, boolean viaMqtt, Double toldSnr, Integer toldRssi) {
    MeshPacket.Builder packet = FromNode.packet(
            FromNode.PEER, NodeId.BROADCAST, 9, FromNode.data(1, new byte[] {'x'}))
        .setRxSnr(snr)
        .setRxRssi(rssi)
        .setViaMqtt(viaMqtt);
    assertEquals(
        new Signal(
            toldSnr == null ? OptionalDouble.empty() : OptionalDouble.of(toldSnr),
            toldRssi == null ? OptionalInt.empty() : OptionalInt.of(toldRssi)),
        readPacket(packet).packet().signal());
  }

  /** 13 bits: the public channel's default; half of 2 to the 19 units, of 1.11 cm each. */
  @ParameterizedTest
  @CsvSource({"0, ", "33, ", "32, 0", "19, 46", "13, 2913", "10, 23306"})
  void precisionIsHalfAStepOfTheGrid(int bits, Integer metres) {
    byte[] place = Position.newBuilder()
        .setLatitudeI(525_000_000)
        .setLongitudeI(133_000_000)
        .setPrecisionBits(bits)
        .build()
        .toByteArray();
    NodeMessage.PositionHeard told = (NodeMessage.PositionHeard) readPacket(FromNode.packet(
        FromNode.PEER,
        NodeId.BROADCAST,
        9,
        FromNode.data(PortNum.POSITION, place).setBitfield(0)));
    assertEquals(
        metres == null ? OptionalInt.empty() : OptionalInt.of(metres), told.precisionMetres());
  }

  @Test
  void aRouteNamesWhoHeardThePacketAndHowWell() {
    RouteDiscovery.Builder way = RouteDiscovery.newBuilder()
        .addRoute(0x77)
        .addSnrTowards(-50)
        .addSnrTowards(-128)
        .addRouteBack(-1);
    NodeMessage.RouteHeard told = (NodeMessage.RouteHeard) readPacket(route(way, 5));
    assertEquals(new PacketId(5), told.request());
    assertEquals(
        new Route(
            List.of(
                new Route.Hop(new NodeId(0x77), OptionalDouble.of(-12.5)),
                new Route.Hop(FromNode.PEER, OptionalDouble.empty())),
            List.of(
                new Route.Hop(NodeId.BROADCAST, OptionalDouble.empty()),
                new Route.Hop(FromNode.OWN, OptionalDouble.empty()))),
        told.route());
  }

  @Test
  void aRouteRequestAndAnImpossibleRouteAreAnyPacket() {
    assertInstanceOf(
        NodeMessage.PacketHeard.class, readPacket(route(RouteDiscovery.newBuilder(), 0)));
    RouteDiscovery.Builder endless = RouteDiscovery.newBuilder();
    for (int i = 1; i <= 9; i++) {
      endless.addRoute(i);
    }
    assertInstanceOf(NodeMessage.PacketHeard.class, readPacket(route(endless, 5)));
  }

  private static MeshPacket.Builder route(RouteDiscovery.Builder way, int request) {
    return FromNode.packet(
        FromNode.PEER,
        FromNode.OWN,
        9,
        FromNode.data(PortNum.TRACEROUTE, way.build().toByteArray()).setRequestId(request));
  }

  @Test
  void aPayloadThatNoFrameHoldsIsNotTold() {
    assertEquals(233, payloadOf(233).orElseThrow().bytes().length);
    assertEquals(Optional.empty(), payloadOf(234));
  }

  @Test
  void whatLostItsChannelInTheNodesMemoryIsToldWithoutBytes() {
    for (int port : new int[] {PortNum.POSITION, 36}) {
      MeshPacket.Builder packet = FromNode.packet(
          FromNode.PEER, NodeId.BROADCAST, 9, FromNode.data(port, new byte[] {8, 1}));
      assertTrue(readPacket(packet).payload().isPresent());
      assertEquals(Optional.empty(), readPacket(packet.setPriority(10)).payload());
    }
  }

  private Optional<PacketData> payloadOf(int bytes) {
    return readPacket(FromNode.packet(
            FromNode.PEER, NodeId.BROADCAST, 9, FromNode.data(300, new byte[bytes])))
        .payload();
  }

  @Test
  void modelsHaveTheFirmwaresNames() {
    assertEquals(Optional.of("TLORA_V2"), HardwareModel.name(1));
    assertEquals(Optional.of("HELTEC_V3"), HardwareModel.name(43));
    assertEquals(Optional.of("PRIVATE_HW"), HardwareModel.name(255));
    assertEquals(Optional.empty(), HardwareModel.name(0));
    assertEquals(Optional.empty(), HardwareModel.name(254));
  }
}
