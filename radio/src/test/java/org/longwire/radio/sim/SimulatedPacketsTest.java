package org.longwire.radio.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.DeliveryState;
import org.longwire.radio.NodeId;
import org.longwire.radio.OutgoingPacket;
import org.longwire.radio.OutgoingRouteRequest;
import org.longwire.radio.PacketData;
import org.longwire.radio.PacketId;
import org.longwire.radio.PortNum;
import org.longwire.radio.Refusal;
import org.longwire.radio.Route;
import org.longwire.radio.Telemetry;

/** What is not chat, between our session and the simulated mesh, by hand-turned time. */
@Timeout(60)
class SimulatedPacketsTest {
  private static final ChannelIndex PRIMARY = new ChannelIndex(0);

  private final CabledSession cabled = new CabledSession();
  private final SimulatedPeer peer = cabled.peer;
  private final TalkLog heard = cabled.heard;

  @BeforeEach
  void connect() throws Exception {
    cabled.pass(Duration.ofSeconds(5));
  }

  @AfterEach
  void close() {
    cabled.close();
  }

  private static List<String> words(DeliveryState... states) {
    return List.of(states).stream().map(DeliveryState::word).toList();
  }

  private static DeliveryState refused(Refusal reason) {
    return new DeliveryState.Refused(reason);
  }

  @Test
  void aRouteIsToldWithTheNodesOnItAndHowWellTheyHear() throws Exception {
    NodeId between = new NodeId(77);
    peer.liesBehind(between).isHeardAt(-2.5f, -101);
    assertEquals(
        words(new DeliveryState.HandedOver(), new DeliveryState.Delivered()),
        cabled.fateOf(routeRequest(5)));
    OptionalDouble snr = OptionalDouble.of(-2.5);
    assertEquals(
        List.of("route "
            + new Route(
                List.of(new Route.Hop(between, snr), new Route.Hop(peer.id(), snr)),
                List.of(new Route.Hop(between, snr), new Route.Hop(TestClient.OWN, snr)))),
        heard.lines());
  }

  @Test
  void aSecondRouteRequestWithinHalfAMinuteIsRefused() throws Exception {
    cabled.session().send(routeRequest(5));
    cabled.pass(Duration.ofSeconds(29));
    cabled.session().send(routeRequest(6));
    cabled.pass(Duration.ofSeconds(2));
    cabled.session().send(routeRequest(7));
    cabled.pass(Duration.ofSeconds(5));
    assertEquals(
        words(new DeliveryState.HandedOver(), refused(Refusal.RATE_LIMITED)),
        heard.words(new PacketId(6)));
    assertEquals(
        words(new DeliveryState.HandedOver(), new DeliveryState.Delivered()),
        heard.words(new PacketId(7)));
    assertEquals(2, heard.lines().size(), heard.lines()::toString);
  }

  private OutgoingRouteRequest routeRequest(int id) {
    return new OutgoingRouteRequest(new PacketId(id), peer.id(), PRIMARY);
  }

  @Test
  void aPacketOfAnyPortToOneNodeGoesUnderItsKey() throws Exception {
    PacketData data = new PacketData("00ff");
    assertEquals(
        words(new DeliveryState.HandedOver(), new DeliveryState.Delivered()),
        cabled.fateOf(new OutgoingPacket(new PacketId(5), peer.id(), PRIMARY, 256, data)));
    AirPacket onAir = cabled.world.mesh.transmissions().get(0).packet();
    assertTrue(onAir.isPrivate());
    assertEquals(256, onAir.port());
    assertEquals(data, PacketData.of(onAir.payload()));
  }

  @ParameterizedTest
  @ValueSource(ints = {PortNum.POSITION, PortNum.NODEINFO, PortNum.ROUTING, PortNum.TRACEROUTE})
  void aPortThatGoesUnderNoNodesKeyIsNotWrittenToOneNode(int port) throws Exception {
    PacketData data = new PacketData("");
    assertEquals(
        words(refused(Refusal.PKI_FAILED)),
        cabled.fateOf(new OutgoingPacket(new PacketId(5), peer.id(), PRIMARY, port, data)));
    assertEquals(List.of(), cabled.world.mesh.transmissions());
  }

  @Test
  void theNodeTakesThePacketThatFillsItsFrame() throws Exception {
    PacketData data = PacketData.of(new byte[231]);
    assertEquals(
        new DeliveryState.HandedOver().word(),
        cabled
            .fateOf(new OutgoingPacket(new PacketId(5), NodeId.BROADCAST, PRIMARY, 256, data))
            .get(0));
  }

  @Test
  void whatAPeerMeasuresArrivesAsItIs() throws Exception {
    Telemetry device = new Telemetry.Device(
        OptionalInt.of(0),
        OptionalDouble.of(3.75),
        OptionalDouble.empty(),
        OptionalDouble.of(0.5),
        OptionalLong.of(4_000_000_000L));
    Telemetry around = new Telemetry.Environment(
        OptionalDouble.of(-3.5),
        OptionalDouble.of(81.25),
        OptionalDouble.of(1019.75),
        OptionalDouble.empty(),
        OptionalInt.of(42));
    peer.measures(0, device);
    peer.measures(0, around);
    cabled.pass(Duration.ofSeconds(1));
    assertEquals(List.of("telemetry " + device, "telemetry " + around), heard.lines());
  }
}
