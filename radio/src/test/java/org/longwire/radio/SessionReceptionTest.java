package org.longwire.radio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.longwire.radio.wire.ClientNotification;
import org.longwire.radio.wire.Data;
import org.longwire.radio.wire.FromRadio;
import org.longwire.radio.wire.Position;
import org.longwire.radio.wire.Waypoint;

class SessionReceptionTest {
  private static final String KEY = FromNode.key(7);
  private final Bench bench = new Bench();

  @BeforeEach
  void ready() throws Exception {
    bench.ready();
    bench.heard.events.clear();
  }

  /** Case 13: live, again, after a reconnect. */
  @Test
  void theSamePacketIsToldOnce() throws Exception {
    bench.says(FromNode.broadcast(FromNode.PEER, 8, "one"));
    bench.says(FromNode.broadcast(FromNode.PEER, 8, "one")).listen();
    bench.says(FromNode.rebooted()).listen();
    bench.ready();
    bench.says(FromNode.broadcast(FromNode.PEER, 8, "one")).listen();
    assertEquals(List.of("one"), bench.heard.texts());
  }

  /** Case 14. */
  @Test
  void theSameIdOfAnotherSenderIsAnotherPacket() throws Exception {
    bench.says(FromNode.broadcast(FromNode.PEER, 8, "one"));
    bench.says(FromNode.broadcast(new NodeId(9), 8, "two")).listen();
    assertEquals(List.of("one", "two"), bench.heard.texts());
  }

  @Test
  void aPacketWithoutIdIsAlwaysNew() throws Exception {
    bench.says(FromNode.broadcast(FromNode.PEER, 0, "one"));
    bench.says(FromNode.broadcast(FromNode.PEER, 0, "one")).listen();
    assertEquals(2, bench.heard.texts().size());
  }

  @Test
  void theMemoryOfPacketsIsBounded() {
    RecentPackets recent = new RecentPackets();
    for (int id = 1; id <= RecentPackets.LIMIT + 1; id++) {
      assertTrue(recent.isNew(header(id)));
    }
    assertFalse(recent.isNew(header(2)));
    assertTrue(recent.isNew(header(1)));
  }

  private static PacketHeader header(int id) {
    return new PacketHeader(
        FromNode.PEER,
        NodeId.BROADCAST,
        0,
        Optional.of(new PacketId(id)),
        Optional.empty(),
        OptionalInt.empty(),
        false,
        false,
        Optional.empty(),
        Signal.UNKNOWN);
  }

  @Test
  void aTextTypedOnTheDeviceIsToldAndOurOwnIsNot() throws Exception {
    OutgoingText ours = new OutgoingText(
        new PacketId(5), NodeId.BROADCAST, new ChannelIndex(0), "ours", Optional.empty());
    bench.session.send(ours);
    bench.says(FromNode.broadcast(FromNode.OWN, 5, "ours"));
    bench.says(FromNode.broadcast(FromNode.OWN, 6, "typed")).listen();
    assertEquals(List.of("typed"), bench.heard.texts());
  }

  @Test
  void aTextToAnotherNodeIsNoChat() throws Exception {
    bench.says(FromNode.text(FromNode.PEER, new NodeId(77), 8, "not for us")).listen();
    assertEquals(List.of(), bench.heard.texts());
    assertEquals(1, bench.heard.of(MeshEvent.OtherReceived.class).get(0).port());
  }

  private static byte[] place(NodeId to, int id, Data.Builder data) {
    return FromNode.frame(FromNode.packet(FromNode.PEER, to, id, data).setRelayNode(0xfe));
  }

  private static Data.Builder position(int latitudeE7, int longitudeE7) {
    byte[] payload = Position.newBuilder()
        .setLatitudeI(latitudeE7)
        .setLongitudeI(longitudeE7)
        .build()
        .toByteArray();
    return FromNode.data(PortNum.POSITION, payload);
  }

  @Test
  void aPositionIsToldOnce() throws Exception {
    byte[] frame = place(NodeId.BROADCAST, 8, position(525163000, -133777000));
    bench.says(frame, frame).listen();
    List<MeshEvent.PositionReceived> told = bench.heard.of(MeshEvent.PositionReceived.class);
    assertEquals(1, told.size());
    assertEquals(new GeoPoint(52.5163, -13.3777), told.get(0).point());
    assertEquals(FromNode.PEER, told.get(0).packet().from());
  }

  @Test
  void whatTellsNoPlaceIsAnyPacket() throws Exception {
    bench.says(place(NodeId.BROADCAST, 8, position(0, 0)));
    bench.says(place(NodeId.BROADCAST, 9, position(0, 1_800_000_001)));
    bench.says(place(NodeId.BROADCAST, 10, FromNode.data(PortNum.POSITION, new byte[0])));
    bench.says(place(new NodeId(77), 11, position(525163000, 133777000)));
    bench.says(place(NodeId.BROADCAST, 12, FromNode.data(PortNum.WAYPOINT, new byte[] {8, 1})));
    bench.listen();
    assertEquals(List.of(), bench.heard.of(MeshEvent.PositionReceived.class));
    assertEquals(List.of(), bench.heard.of(MeshEvent.WaypointReceived.class));
    assertEquals(
        List.of(3, 3, 3, 3, 8),
        bench.heard.of(MeshEvent.OtherReceived.class).stream()
            .map(MeshEvent.OtherReceived::port)
            .toList());
  }

  /** A position of a private channel comes again on channel 0 (captures 02, 15a). */
  @Test
  void whatANodeRepeatsFromItsMemoryIsNoPosition() throws Exception {
    bench
        .says(FromNode.frame(
            FromNode.packet(FromNode.PEER, NodeId.BROADCAST, 8, position(525163000, 133777000))
                .setPriority(10)))
        .listen();
    assertEquals(List.of(), bench.heard.of(MeshEvent.PositionReceived.class));
    assertEquals(1, bench.heard.of(MeshEvent.OtherReceived.class).size());
  }

  @Test
  void aWaypointIsToldWithItsWordsAndItsEnd() throws Exception {
    Waypoint.Builder mark = Waypoint.newBuilder()
        .setId(0x80000001)
        .setLatitudeI(525200000)
        .setLongitudeI(133800000)
        .setName(ByteString.copyFrom(new byte[] {(byte) 0xFF, 'n'}))
        .setDescription(ByteString.copyFromUtf8("am See"));
    bench.says(
        place(NodeId.BROADCAST, 8, FromNode.data(PortNum.WAYPOINT, mark.build().toByteArray())));
    mark.setExpire(1);
    bench.says(
        place(NodeId.BROADCAST, 9, FromNode.data(PortNum.WAYPOINT, mark.build().toByteArray())));
    bench.listen();
    List<org.longwire.radio.Waypoint> told = bench.heard.stream(MeshEvent.WaypointReceived.class)
        .map(MeshEvent.WaypointReceived::waypoint)
        .toList();
    GeoPoint lake = new GeoPoint(52.52, 13.38);
    assertEquals(
        new org.longwire.radio.Waypoint(0x80000001, "\ufffdn", "am See", lake, Optional.empty()),
        told.get(0));
    assertEquals(Optional.of(Instant.ofEpochSecond(1)), told.get(1).expiresAt());
  }

  @Test
  void anImpossibleChannelIsToldAsItIs() throws Exception {
    bench
        .says(FromNode.frame(
            FromNode.packet(FromNode.PEER, NodeId.BROADCAST, 8, FromNode.data(1, new byte[] {'x'}))
                .setChannel(9)))
        .listen();
    assertEquals(9, bench.heard.of(MeshEvent.TextReceived.class).get(0).packet().channel());
  }

  @Test
  void onlyOwnTelemetryIsTheAir() throws Exception {
    bench
        .says(FromNode.telemetry(FromNode.PEER), FromNode.telemetry(FromNode.OWN))
        .listen();
    List<MeshEvent.AirtimeTold> told = bench.heard.of(MeshEvent.AirtimeTold.class);
    assertEquals(1, told.size());
    assertEquals(OptionalDouble.of(12.5), told.get(0).channelUtilisation());
  }

  /** What firmware 2.8 repeats from its memory has lost its channel; ours has none anyway. */
  @Test
  void telemetryIsToldUnlessItIsARepetitionFromTheNodesMemory() throws Exception {
    for (NodeId from : List.of(FromNode.PEER, FromNode.OWN)) {
      for (int relay : List.of(0, 0xFE)) {
        bench.says(
            FromNode.frame(FromNode.telemetryPacket(from).setPriority(10).setRelayNode(relay)));
      }
    }
    bench.listen();
    assertEquals(
        List.of(FromNode.PEER, FromNode.OWN, FromNode.OWN),
        bench.heard.stream(MeshEvent.TelemetryReceived.class)
            .map(told -> told.packet().from())
            .toList());
    assertEquals(
        List.of(new PacketId(0x66) + " " + Optional.empty()),
        bench.heard.stream(MeshEvent.OtherReceived.class)
            .map(told -> told.packet().id().orElseThrow() + " " + told.payload())
            .toList());
  }

  @Test
  void anyOtherPacketIsToldWithItsPayloadUnlessItIsForSomebodyElse() throws Exception {
    for (NodeId to : List.of(NodeId.BROADCAST, FromNode.OWN, new NodeId(7))) {
      Data.Builder data = FromNode.data(300, new byte[] {1, (byte) 0xFF});
      bench.says(FromNode.frame(FromNode.packet(FromNode.PEER, to, 9, data)));
    }
    bench.listen();
    Optional<PacketData> payload = Optional.of(new PacketData("01ff"));
    assertEquals(
        List.of(payload, payload, Optional.empty()),
        bench.heard.stream(MeshEvent.OtherReceived.class)
            .map(MeshEvent.OtherReceived::payload)
            .toList());
  }

  @Test
  void aRouteThatSomebodyElseAskedForIsNotTold() throws Exception {
    Data.Builder data = FromNode.data(PortNum.TRACEROUTE, new byte[0]).setRequestId(5);
    bench.says(FromNode.frame(FromNode.packet(FromNode.PEER, new NodeId(7), 9, data)));
    bench.says(FromNode.frame(FromNode.packet(FromNode.PEER, FromNode.OWN, 10, data)));
    bench.listen();
    List<MeshEvent.RouteReceived> told = bench.heard.of(MeshEvent.RouteReceived.class);
    assertEquals(1, told.size());
    assertEquals(FromNode.OWN, told.get(0).packet().to());
  }

  @Test
  void aWordOfTheNodeToItsOperatorIsPassedOn() throws Exception {
    ClientNotification.Builder said = ClientNotification.newBuilder()
        .setReplyId(4)
        .setMessage(ByteString.copyFromUtf8("Duty cycle limit exceeded"));
    bench
        .says(FromNode.frame(FromRadio.newBuilder().setClientNotification(said)))
        .listen();
    assertEquals(
        new MeshEvent.NodeNotice("Duty cycle limit exceeded", Optional.of(new PacketId(4))),
        bench.heard.events.get(0));
  }

  @Test
  void anotherKeyOfANodeIsToldAndThePeopleAreWarnedOnce() throws Exception {
    bench.says(FromNode.nodeInfo(FromNode.PEER, FromNode.user("Peer", KEY)));
    for (int i = 0; i < 3; i++) {
      bench.says(FromNode.nodeInfo(FromNode.PEER, FromNode.user("Peer", FromNode.key(8))));
    }
    bench.listen();
    assertEquals(1, bench.heard.of(MeshEvent.NodeNotice.class).size());
    List<MeshEvent.NodeSeen> seen = bench.heard.of(MeshEvent.NodeSeen.class);
    assertEquals(
        List.of(KEY, FromNode.key(8), FromNode.key(8), FromNode.key(8)),
        seen.stream().map(one -> one.node().publicKey().orElseThrow()).toList());
  }

  @Test
  void aNodeThatMovesToTheNumberOfItsKeyIsRecognised() throws Exception {
    NodeId home = NodeTable.numberOf(KEY);
    bench.says(FromNode.nodeInfo(FromNode.PEER, FromNode.user("Peer", KEY)));
    bench.says(FromNode.nodeInfo(home, FromNode.user("Peer", KEY))).listen();
    assertEquals(
        List.of(new MeshEvent.NodeRenumbered(FromNode.PEER, home)),
        bench.heard.of(MeshEvent.NodeRenumbered.class));
  }

  @Test
  void whoShowsAnothersKeyElsewhereIsNotThatNode() throws Exception {
    bench.says(FromNode.nodeInfo(FromNode.PEER, FromNode.user("Peer", KEY)));
    bench
        .says(FromNode.nodeInfo(new NodeId(0x666), FromNode.user("Thief", KEY)))
        .listen();
    assertEquals(List.of(), bench.heard.of(MeshEvent.NodeRenumbered.class));
  }

  /** Case 17. */
  @Test
  void aNodeWithoutNamesIsSeenAndNamedLater() throws Exception {
    bench
        .says(
            FromNode.node(FromNode.PEER, FromNode.user("", "")),
            FromNode.node(FromNode.PEER, FromNode.user("Peer", "")))
        .listen();
    List<MeshEvent.NodeSeen> seen = bench.heard.of(MeshEvent.NodeSeen.class);
    assertEquals(Optional.empty(), seen.get(0).node().longName());
    assertEquals(Optional.of("Peer"), seen.get(1).node().longName());
  }

  /** The captures' own keys: firmware 2.8 makes the number from the key. */
  @Test
  void theNumberOfAKeyIsItsChecksum() {
    assertEquals(
        "!218ad8b9",
        NodeTable.numberOf("5ab35c7b52f6741cbdcf9ef58ba41c9039a6db662dcd11342b5c2514cf3b4a68")
            .toString());
  }
}
