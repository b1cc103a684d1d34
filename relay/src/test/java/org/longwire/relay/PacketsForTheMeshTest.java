package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketData;
import org.longwire.radio.PortNum;
import org.longwire.radio.sim.SimulatedMesh;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.queue.Address;
import org.longwire.relay.queue.Arrival;
import org.longwire.relay.queue.Origin;
import org.longwire.relay.queue.Payload;
import org.longwire.relay.queue.Precedence;

/** What is not chat goes out through the queue, at the pace that the node takes it. */
class PacketsForTheMeshTest extends SteppedRelayTest {
  /** What a client wrote to real firmware (capture 19a). */
  private static final String RECORDED_REQUEST =
      "94c3001d0a1b0d0110000015021000002206084612001801356e59e1c548035001";

  private static final ChannelIndex PRIMARY = new ChannelIndex(0);

  private void accept(String about, NodeId to, Payload payload) throws Exception {
    Arrival.NewEntry entry = new Arrival.NewEntry(
        new Address.Mesh(RadioId.MAIN, PRIMARY, to),
        payload,
        world.clock.instant().plus(Duration.ofHours(1)),
        1,
        1,
        Precedence.PLUGIN);
    relay.ledger.accept(new Arrival(
        new Origin.Notice(about),
        world.clock.instant(),
        "plugin",
        "mesh",
        payload.words(),
        Optional.empty(),
        List.of(entry),
        Optional.empty()));
  }

  private List<SimulatedMesh.Transmission> onPort(int port) {
    return world.mesh.transmissions().stream()
        .filter(sent -> sent.packet().port() == port)
        .toList();
  }

  @Test
  void routeRequestsGoHalfAMinuteApartAndHoldUpNobody() throws Exception {
    start();
    accept("route 1", world.ridge.id(), new Payload.MeshRouteRequest());
    accept("route 2", world.valley.id(), new Payload.MeshRouteRequest());
    relay.seconds(5);
    world.says("hello");
    relay.seconds(20);
    assertEquals(List.of("maria: hello"), world.heard());
    assertEquals(1, onPort(PortNum.TRACEROUTE).size());
    relay.seconds(20);
    List<SimulatedMesh.Transmission> asked = onPort(PortNum.TRACEROUTE);
    assertEquals(2, asked.size());
    assertTrue(
        Duration.between(asked.get(0).at(), asked.get(1).at()).toSeconds() >= 30, asked::toString);
    assertAllDelivered();
  }

  /** Somebody else has asked over the same session: the node says so to its operator only. */
  @Test
  void aRouteRequestThatTheNodeRefusesGoesAgainUnderANewId() throws Exception {
    start();
    world.node.input(HexFormat.of().parseHex(RECORDED_REQUEST));
    relay.seconds(5);
    accept("route", world.ridge.id(), new Payload.MeshRouteRequest());
    relay.seconds(15);
    assertEquals(1, relay.stillWaiting().size());
    relay.minutes(1);
    assertEquals(
        List.of(new NodeId(0x1002), world.ridge.id()),
        onPort(PortNum.TRACEROUTE).stream()
            .filter(sent -> sent.attempt() == 1)
            .map(sent -> sent.packet().to())
            .toList());
    assertAllDelivered();
  }

  @Test
  void aPacketOfAnyPortIsHeardAsItWasGiven() throws Exception {
    start();
    PacketData data = new PacketData("00ff94c3");
    accept("packet", NodeId.BROADCAST, new Payload.MeshPacket(256, data));
    relay.seconds(10);
    List<SimulatedMesh.Transmission> sent = onPort(256);
    assertEquals(data, PacketData.of(sent.get(0).packet().payload()));
    assertAllDelivered();
  }
}
