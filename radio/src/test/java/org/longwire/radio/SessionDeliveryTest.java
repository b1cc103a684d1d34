package org.longwire.radio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.longwire.radio.wire.MeshPacket;

class SessionDeliveryTest {
  private static final PacketId ID = new PacketId(0x89ABCDEF);
  private static final String KEY = FromNode.key(7);
  private final Bench bench = new Bench();

  @BeforeEach
  void ready() throws Exception {
    bench.ready();
    bench.says(FromNode.node(FromNode.PEER, FromNode.user("Peer", KEY))).listen();
  }

  private void send(PacketId id, NodeId to) throws Exception {
    bench.session.send(
        new OutgoingText(id, to, new ChannelIndex(1), "hi", Optional.of(new PacketId(4))));
  }

  private List<DeliveryState> states() {
    return bench.heard.states(ID);
  }

  /** Lets time pass with a node that answers and tells of itself, as a living one does. */
  private void live(Duration time) throws Exception {
    long end = bench.millis() + time.toMillis();
    while (bench.millis() < end) {
      bench.pass(Duration.ofSeconds(20));
      bench.says(FromNode.queue(0, 16, 0), FromNode.telemetry(FromNode.OWN)).listen();
    }
  }

  private static DeliveryState refused(Refusal reason) {
    return new DeliveryState.Refused(reason);
  }

  @Test
  void aTextGoesOutWithAllThatTheNodeNeeds() throws Exception {
    send(ID, NodeId.BROADCAST);
    MeshPacket packet = ToNode.packets(bench.written, PortNum.TEXT_MESSAGE).get(0);
    assertEquals(FromNode.OWN.number(), packet.getFrom());
    assertEquals(-1, packet.getTo());
    assertEquals(1, packet.getChannel());
    assertEquals(5, packet.getHopLimit());
    assertEquals(true, packet.getWantAck());
    assertEquals(0, packet.getPriority());
    assertEquals(4, packet.getDecoded().getReplyId());
    assertEquals(false, packet.getDecoded().getWantResponse());
  }

  @Test
  void aTextThatTheNodeWouldDropWithoutAWordIsABug() {
    OutgoingText tooLong = new OutgoingText(
        ID, NodeId.BROADCAST, new ChannelIndex(0), "x".repeat(233), Optional.empty());
    assertThrows(IllegalArgumentException.class, () -> bench.session.send(tooLong));
  }

  @Test
  void aBroadcastIsHandedOverAndRelayed() throws Exception {
    send(ID, NodeId.BROADCAST);
    bench
        .says(FromNode.queue(0, 15, ID.value()), FromNode.result(FromNode.OWN, ID, 0))
        .listen();
    bench
        .says(FromNode.result(FromNode.OWN, ID, 0), FromNode.queue(0, 16, ID.value()))
        .listen();
    assertEquals(List.of(new DeliveryState.HandedOver(), new DeliveryState.Relayed()), states());
    bench.pass(Duration.ofSeconds(30));
    assertEquals(2, states().size());
  }

  /** Case 24. */
  @Test
  void aDirectTextIsRelayedThenDelivered() throws Exception {
    send(ID, FromNode.PEER);
    bench.says(FromNode.result(FromNode.OWN, ID, 0), FromNode.result(FromNode.PEER, ID, 0));
    bench
        .says(FromNode.result(FromNode.OWN, ID, 0), FromNode.result(FromNode.OWN, ID, 5))
        .listen();
    assertEquals(List.of(new DeliveryState.Relayed(), new DeliveryState.Delivered()), states());
  }

  @Test
  void aDirectTextGoesUnderTheAddresseesKey() throws Exception {
    send(ID, FromNode.PEER);
    MeshPacket packet = ToNode.packets(bench.written, PortNum.TEXT_MESSAGE).get(0);
    assertTrue(packet.getPkiEncrypted());
    assertEquals(KEY, HexFormat.of().formatHex(packet.getPublicKey().toByteArray()));
  }

  @Test
  void aKeyThatANodeShowsLaterIsNotWrittenTo() throws Exception {
    bench
        .says(FromNode.nodeInfo(FromNode.PEER, FromNode.user("Thief", FromNode.key(9))))
        .listen();
    send(ID, FromNode.PEER);
    MeshPacket packet = ToNode.packets(bench.written, PortNum.TEXT_MESSAGE).get(0);
    assertEquals(KEY, HexFormat.of().formatHex(packet.getPublicKey().toByteArray()));
  }

  @Test
  void withoutAKeyNothingIsWrittenAndTheRefusalIsTold() throws Exception {
    send(ID, new NodeId(0x99));
    bench.listen();
    assertEquals(List.of(), ToNode.packets(bench.written, PortNum.TEXT_MESSAGE));
    assertEquals(List.of(refused(Refusal.NO_KEY_FOR_PEER)), states());
    live(Duration.ofMinutes(6));
    assertEquals(1, states().size());
  }

  @Test
  void onceTheKeyIsHeardTheSameTextGoesOut() throws Exception {
    NodeId late = new NodeId(0x99);
    send(ID, late);
    bench.says(FromNode.nodeInfo(late, FromNode.user("Late", FromNode.key(9)))).listen();
    send(new PacketId(5), late);
    assertEquals(1, ToNode.packets(bench.written, PortNum.TEXT_MESSAGE).size());
  }

  @Test
  void aPositionForOneNodeAloneIsNotWritten() throws Exception {
    bench.session.send(
        new OutgoingPosition(ID, FromNode.PEER, new ChannelIndex(0), new GeoPoint(1, 2)));
    bench.listen();
    assertEquals(List.of(), ToNode.packets(bench.written, PortNum.POSITION));
    assertEquals(List.of(refused(Refusal.PKI_FAILED)), states());
  }

  @Test
  void anAddresseeMayAcknowledgeLongAfterARepeatWasHeard() throws Exception {
    send(ID, FromNode.PEER);
    bench.says(FromNode.queue(0, 15, ID.value()), FromNode.result(FromNode.OWN, ID, 0));
    bench.listen();
    live(Duration.ofSeconds(90));
    assertEquals(List.of(new DeliveryState.HandedOver(), new DeliveryState.Relayed()), states());
    bench.says(FromNode.result(FromNode.PEER, ID, 0)).listen();
    assertEquals(new DeliveryState.Delivered(), states().get(2));
    live(Duration.ofMinutes(6));
    assertEquals(3, states().size());
  }

  /** §4.3: 120 s for LONG_FAST; neither an acknowledgement nor its failing need ever come. */
  @Test
  void anAddresseeThatStaysSilentIsUnknownOnceAndMayStillAnswer() throws Exception {
    send(ID, FromNode.PEER);
    bench.says(FromNode.queue(0, 15, ID.value()), FromNode.result(FromNode.OWN, ID, 0));
    bench.listen();
    live(Duration.ofMinutes(6));
    assertEquals(new DeliveryState.Unknown(), states().get(2));
    assertEquals(3, states().size());
    bench.says(FromNode.result(FromNode.PEER, ID, 0)).listen();
    assertEquals(new DeliveryState.Delivered(), states().get(3));
  }

  /** Four times three tries of 6 s and two full frames, whose times are those of §5.2. */
  @ParameterizedTest
  @CsvSource({"250000, 7, 5, 76", "250000, 11, 5, 123", "125000, 12, 8, 300"})
  void slowModemsAreWaitedForLonger(int bandwidth, int spread, int coding, long seconds) {
    LoraSettings lora = new LoraSettings(bandwidth, spread, coding, 3, 1, true);
    assertEquals(seconds, SentPackets.addresseeMs(lora) / 1000);
  }

  @Test
  void aRebootLeavesAnUndeliveredDirectTextUnknown() throws Exception {
    send(ID, FromNode.PEER);
    bench.says(FromNode.queue(0, 15, ID.value()), FromNode.rebooted()).listen();
    assertEquals(List.of(new DeliveryState.HandedOver(), new DeliveryState.Unknown()), states());
  }

  @ParameterizedTest
  @CsvSource({
    "4, NO_INTERFACE",
    "6, NO_CHANNEL",
    "7, TOO_LARGE",
    "9, DUTY_CYCLE",
    "32, OTHER",
    "33, OTHER",
    "34, PKI_FAILED",
    "35, PEER_LACKS_OUR_KEY",
    "38, RATE_LIMITED",
    "39, NO_KEY_FOR_PEER",
    "77, OTHER",
  })
  void everyRefusalHasItsReason(int error, Refusal reason) throws Exception {
    send(ID, FromNode.PEER);
    bench.says(FromNode.result(FromNode.OWN, ID, error)).listen();
    assertEquals(List.of(refused(reason)), states());
  }

  @Test
  void thePeersRefusalCountsAndAStrangersDoesNot() throws Exception {
    send(ID, FromNode.PEER);
    bench.says(FromNode.result(new NodeId(0x666), ID, 35)).listen();
    assertEquals(List.of(), states());
    bench.says(FromNode.result(FromNode.PEER, ID, 35)).listen();
    assertEquals(List.of(refused(Refusal.PEER_LACKS_OUR_KEY)), states());
  }

  @Test
  void aStrangersAcknowledgementIsNoDelivery() throws Exception {
    send(ID, FromNode.PEER);
    bench.says(FromNode.result(new NodeId(0x666), ID, 0)).listen();
    assertEquals(List.of(new DeliveryState.Relayed()), states());
  }

  /** Case 22. */
  @Test
  void aTextThatCameTooSoonIsRefusedAfterAFriendlyStatus() throws Exception {
    send(ID, NodeId.BROADCAST);
    bench
        .says(FromNode.queue(0, 16, ID.value()), FromNode.result(FromNode.OWN, ID, 38))
        .listen();
    assertEquals(List.of(new DeliveryState.HandedOver(), refused(Refusal.RATE_LIMITED)), states());
  }

  /** Case 23. */
  @Test
  void aSwallowedTextIsUnknownOnce() throws Exception {
    send(ID, NodeId.BROADCAST);
    bench.passMillis(9_900);
    assertEquals(List.of(), states());
    bench.passMillis(200);
    bench.pass(Duration.ofSeconds(20));
    assertEquals(List.of(new DeliveryState.Unknown()), states());
  }

  @Test
  void aLateAnswerCorrectsTheUnknown() throws Exception {
    send(ID, NodeId.BROADCAST);
    bench.pass(Duration.ofSeconds(11));
    bench.says(FromNode.queue(0, 16, ID.value())).listen();
    assertEquals(List.of(new DeliveryState.Unknown(), new DeliveryState.HandedOver()), states());
  }

  /** Case 25. */
  @ParameterizedTest
  @CsvSource({"32, QUEUE_FULL", "33, NO_INTERFACE", "34, TX_DISABLED"})
  void aLocalRefusalIsFinalWhenNoNakFollows(int result, Refusal reason) throws Exception {
    send(ID, NodeId.BROADCAST);
    bench.says(FromNode.queue(result, 0, ID.value())).listen();
    assertEquals(List.of(), states());
    bench.passMillis(1_100);
    assertEquals(List.of(refused(reason)), states());
  }

  @Test
  void aNakTellsWhatALocalRefusalCannot() throws Exception {
    send(ID, FromNode.PEER);
    bench
        .says(FromNode.queue(34, 9, ID.value()), FromNode.result(FromNode.OWN, ID, 34))
        .listen();
    bench.pass(Duration.ofSeconds(15));
    assertEquals(List.of(refused(Refusal.PKI_FAILED)), states());
  }

  @Test
  void statusesOfOthersAndOfHeartbeatsChangeNothingButTheRoom() throws Exception {
    send(ID, NodeId.BROADCAST);
    bench.says(FromNode.queue(0, 3, 0), FromNode.queue(9, 7, 0x1234)).listen();
    assertEquals(List.of(), bench.heard.of(MeshEvent.DeliveryReport.class));
    assertEquals(OptionalInt.of(7), bench.session.queueFree());
    bench.says(FromNode.queue(9, 6, ID.value())).listen();
    assertEquals(List.of(), states());
    bench.unplug();
    bench.listen();
    assertEquals(OptionalInt.empty(), bench.session.queueFree());
  }

  @Test
  void aForeignResultIsIgnored() throws Exception {
    bench.says(FromNode.result(FromNode.PEER, new PacketId(0x31313131), 0)).listen();
    assertEquals(List.of(), bench.heard.of(MeshEvent.DeliveryReport.class));
    assertEquals(List.of(), bench.heard.of(MeshEvent.OtherReceived.class));
  }

  @Test
  void aRebootLeavesUnknownWhatWasOnItsWay() throws Exception {
    send(ID, NodeId.BROADCAST);
    bench.says(FromNode.rebooted()).listen();
    assertEquals(List.of(new DeliveryState.Unknown()), states());
  }

  @Test
  void onlySoManyAreFollowed() throws Exception {
    send(ID, NodeId.BROADCAST);
    for (int i = 1; i <= SentPackets.LIMIT; i++) {
      send(new PacketId(i), NodeId.BROADCAST);
    }
    bench.says(FromNode.queue(0, 15, ID.value()), FromNode.queue(0, 15, 1)).listen();
    assertEquals(List.of(), states());
    assertEquals(List.of(new DeliveryState.HandedOver()), bench.heard.states(new PacketId(1)));
  }

  @Test
  void aTextThatTheNodeSwallowedIsReportedSoonAfterItHasReadEverything() throws Exception {
    send(ID, NodeId.BROADCAST);
    bench.session.ask();
    bench.says(FromNode.queue(0, 16, 0)).listen();
    bench.passMillis(SentPackets.READ_GRACE_MS);
    assertEquals(List.of(new DeliveryState.Unknown()), states());
  }

  @Test
  void theWordAboutATextMayFollowTheSignThatItWasRead() throws Exception {
    send(ID, NodeId.BROADCAST);
    bench.session.ask();
    bench.says(FromNode.queue(0, 16, 0), FromNode.queue(0, 15, ID.value())).listen();
    bench.passMillis(SentPackets.READ_GRACE_MS);
    assertEquals(List.of(new DeliveryState.HandedOver()), states());
  }

  @Test
  void aSignFromBeforeTheQuestionSaysNothingAboutAText() throws Exception {
    send(ID, NodeId.BROADCAST);
    bench.says(FromNode.queue(0, 16, 0)).listen();
    bench.passMillis(SentPackets.ANSWER_MS - 1);
    assertEquals(List.of(), states());
  }

  @Test
  void nobodyCanBeAskedWithoutASession() {
    bench.unplug();
    assertThrows(RadioException.class, bench.session::ask);
  }
}
