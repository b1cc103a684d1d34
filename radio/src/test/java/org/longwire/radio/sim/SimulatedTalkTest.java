package org.longwire.radio.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.longwire.radio.Airtime;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.DeliveryState;
import org.longwire.radio.GeoPoint;
import org.longwire.radio.NodeId;
import org.longwire.radio.Outgoing;
import org.longwire.radio.OutgoingPosition;
import org.longwire.radio.OutgoingReaction;
import org.longwire.radio.OutgoingText;
import org.longwire.radio.PacketId;
import org.longwire.radio.PortNum;
import org.longwire.radio.Refusal;
import org.longwire.radio.TextLimit;
import org.longwire.radio.Waypoint;

/** What people do in a chat, between our session and the simulated mesh, by hand-turned time. */
@Timeout(60)
class SimulatedTalkTest {
  private static final GeoPoint LAKE = new GeoPoint(52.52, -13.38);
  private static final ChannelIndex PRIMARY = new ChannelIndex(0);

  private final CabledSession cabled = new CabledSession();
  private final TestClient world = cabled.world;
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

  private OutgoingText whisper(int id, String text) {
    return new OutgoingText(new PacketId(id), peer.id(), PRIMARY, text, Optional.empty());
  }

  private static List<String> words(DeliveryState... states) {
    return List.of(states).stream().map(DeliveryState::word).toList();
  }

  private static DeliveryState refused(Refusal reason) {
    return new DeliveryState.Refused(reason);
  }

  @Test
  void aDirectTextIsHeardUnderThePeersKeyAndAcknowledged() throws Exception {
    assertEquals(
        words(new DeliveryState.HandedOver(), new DeliveryState.Delivered()),
        cabled.fateOf(whisper(5, "psst")));
    HeardText text = peer.heard().get(0);
    assertEquals("psst", text.text());
    assertTrue(text.privately());
    AirPacket onAir = world.mesh.transmissions().get(0).packet();
    assertTrue(onAir.isPrivate());
    assertEquals(peer.id(), onAir.to());
  }

  @Test
  void afterARestartTooNothingIsSaidUnderAnotherKeyThanTheFirst() throws Exception {
    String first = HexFormat.of().formatHex(peer.publicKey());
    peer.changesKey().tellsNames();
    cabled.reopen(Map.of(peer.id(), first));
    cabled.pass(Duration.ofSeconds(5));
    assertEquals(words(refused(Refusal.PKI_FAILED)), cabled.fateOf(whisper(5, "psst")));
    assertEquals(List.of(), peer.heard());
  }

  @Test
  void aPeerFarOffIsRelayedToBeforeItAcknowledges() throws Exception {
    world.mesh.addPeer(new NodeId(77), "Between", "B");
    peer.answersAfter(Duration.ofSeconds(3));
    assertEquals(
        words(
            new DeliveryState.HandedOver(),
            new DeliveryState.Relayed(),
            new DeliveryState.Delivered()),
        cabled.fateOf(whisper(5, "far")));
    assertEquals(1, world.mesh.transmissions().size());
  }

  @Test
  void aPeerThatDoesNotAcknowledgeHasHeardAllTheSame() throws Exception {
    peer.acknowledges(false);
    assertEquals(
        words(new DeliveryState.HandedOver(), new DeliveryState.NotHeard()),
        cabled.fateOf(whisper(5, "anybody?")));
    assertEquals(1, peer.heard().size());
    assertEquals(3, world.mesh.transmissions().size());
  }

  @Test
  void aPeerThatLacksOurKeyRefuses() throws Exception {
    peer.knowsOurKey(false);
    assertEquals(
        words(new DeliveryState.HandedOver(), refused(Refusal.PEER_LACKS_OUR_KEY)),
        cabled.fateOf(whisper(5, "psst")));
    assertEquals(
        words(new DeliveryState.HandedOver(), new DeliveryState.Delivered()),
        cabled.fateOf(whisper(6, "now?")));
  }

  @Test
  void aNodeThatHasForgottenThePeerRefuses() throws Exception {
    peer.isKnown(false);
    assertEquals(words(refused(Refusal.NO_KEY_FOR_PEER)), cabled.fateOf(whisper(5, "psst")));
    peer.tellsNames();
    assertEquals(
        words(new DeliveryState.HandedOver(), new DeliveryState.Delivered()),
        cabled.fateOf(whisper(6, "psst")));
  }

  @Test
  void withoutAKeyNothingReachesTheNode() throws Exception {
    SimulatedPeer keyless = world.mesh.addPeer(new NodeId(77), "Keyless", "K").isKeyKnown(false);
    OutgoingText text =
        new OutgoingText(new PacketId(5), keyless.id(), PRIMARY, "psst", Optional.empty());
    cabled.session().send(text);
    cabled.session().ask();
    cabled.pass(Duration.ofSeconds(1));
    assertEquals(words(refused(Refusal.NO_KEY_FOR_PEER)), heard.words(text.id()));
    assertEquals(List.of(), world.mesh.transmissions());
  }

  @Test
  void aReactionAndAReplyAreHeardAsSuch() throws Exception {
    PacketId target = peer.says("hello");
    cabled.fateOf(new OutgoingReaction(new PacketId(5), NodeId.BROADCAST, PRIMARY, "👍", target));
    cabled.fateOf(
        new OutgoingText(new PacketId(6), NodeId.BROADCAST, PRIMARY, "hi", Optional.of(target)));
    cabled.fateOf(new OutgoingReaction(new PacketId(7), peer.id(), PRIMARY, "🐢", target));
    assertEquals(
        List.of("👍 true false", "hi false false", "🐢 true true"),
        peer.heard().stream()
            .map(text -> text.text() + " " + text.tapback() + " " + text.privately())
            .toList());
    assertTrue(peer.heard().stream().allMatch(text -> text.replyTo() == target.value()));
  }

  /** The limits that callers cut by are the node's own, to the byte. */
  @ParameterizedTest
  @CsvSource({
    "BROADCAST, BY_REPLY",
    "BROADCAST, BY_REACTION",
    "DIRECT, NOTHING",
    "DIRECT, BY_REPLY",
    "DIRECT, BY_REACTION",
  })
  void theNodeTakesWhatTheLimitAllowsAndNoByteMore(Airtime.Kind kind, TextLimit.Answering answering)
      throws Exception {
    int limit = TextLimit.bytes(kind, answering);
    assertEquals(
        new DeliveryState.HandedOver().word(),
        cabled.fateOf(filled(5, kind, answering, limit)).get(0));
    assertEquals(
        words(refused(Refusal.TOO_LARGE)), cabled.fateOf(filled(6, kind, answering, limit + 1)));
  }

  private Outgoing filled(int id, Airtime.Kind kind, TextLimit.Answering answering, int bytes) {
    NodeId to = kind == Airtime.Kind.DIRECT ? peer.id() : NodeId.BROADCAST;
    PacketId target = new PacketId(0x31323334);
    String words = "x".repeat(bytes);
    if (answering == TextLimit.Answering.BY_REACTION) {
      return new OutgoingReaction(new PacketId(id), to, PRIMARY, words, target);
    }
    Optional<PacketId> replyTo =
        Optional.of(target).filter(any -> answering == TextLimit.Answering.BY_REPLY);
    return new OutgoingText(new PacketId(id), to, PRIMARY, words, replyTo);
  }

  @Test
  void aSecondPositionWithinTenSecondsIsTakenAndNeverSent() throws Exception {
    cabled.session().send(new OutgoingPosition(new PacketId(5), NodeId.BROADCAST, PRIMARY, LAKE));
    cabled.pass(Duration.ofSeconds(8));
    cabled
        .session()
        .send(new OutgoingPosition(new PacketId(6), NodeId.BROADCAST, PRIMARY, new GeoPoint(1, 2)));
    cabled.pass(Duration.ofSeconds(40));
    assertEquals(
        List.of(LAKE), peer.positions().stream().map(HeardPosition::point).toList());
    assertEquals(words(new DeliveryState.HandedOver()), heard.words(new PacketId(6)));
    AirPacket onAir = world.mesh.transmissions().get(0).packet();
    assertEquals(PortNum.POSITION, onAir.port());
    assertEquals(Optional.of(LAKE), onAir.point());
  }

  @Test
  void whatAPeerTellsArrivesAsItIs() throws Exception {
    PacketId target = new PacketId(0x31323334);
    peer.whispers(TestClient.OWN, "psst");
    peer.whispersReply(TestClient.OWN, target, "yes");
    peer.whispersReaction(TestClient.OWN, target, "👍");
    peer.replies(0, target, "all of you");
    peer.detects(0, "door open");
    peer.tellsPosition(0, LAKE);
    peer.marks(
        0, new Waypoint(9, "Tent", "by the lake", LAKE, Optional.of(Instant.ofEpochSecond(9))));
    cabled.pass(Duration.ofSeconds(1));
    assertEquals(
        List.of(
            "text psst port 1 reply - private true",
            "text yes port 1 reply 31323334 private true",
            "reaction 👍 to 31323334 private true",
            "text all of you port 1 reply 31323334 private false",
            "text door open port 10 reply - private false",
            "position " + LAKE,
            "waypoint 9 Tent, by the lake until 1970-01-01T00:00:09Z at " + LAKE),
        heard.lines());
  }

  @Test
  void aDirectTextUnderTheChannelsKeyIsOnlyTakenByANodeWithoutAKey() throws Exception {
    AirPacket open =
        AirPacket.text(peer.id(), new PacketId(9), "open").to(TestClient.OWN).inTheOpen();
    peer.send(open);
    cabled.pass(Duration.ofSeconds(1));
    assertEquals(List.of(), heard.lines());
    TestClient amateur =
        new TestClient(new NodeSettings(TestClient.OWN).withPollModel(false).withKey(false));
    amateur.connected();
    amateur.peer.send(open);
    assertTrue(amateur.told().get(0).endsWith("private=false text=open"));
  }

  /** 34: demanded of a port that goes under no key, of another key, and of a node without one. */
  @ParameterizedTest
  @CsvSource({"3, true, true", "1, false, true", "1, true, false"})
  void aDemandThatTheNodeCannotMeetIsRefused(int port, boolean isRightKey, boolean nodeHasKey)
      throws Exception {
    TestClient client =
        new TestClient(new NodeSettings(TestClient.OWN).withPollModel(false).withKey(nodeHasKey));
    client.connected();
    byte[] key = isRightKey ? client.peer.publicKey() : new byte[] {1, 2, 3};
    WireWriter data = new WireWriter().uint(1, port).bytes(2, "x".getBytes(StandardCharsets.UTF_8));
    client.write(PhoneFrames.variant(
        1,
        new WireWriter()
            .fixed(1, TestClient.OWN.number())
            .fixed(2, client.peer.id().number())
            .message(4, data)
            .fixed(6, 5)
            .uint(9, 3)
            .bool(10, true)
            .bytes(16, key)
            .bool(17, true)));
    assertEquals(
        List.of("queue res=34 free=16 of 16 for 00000005", TestClient.answer(34, 5)),
        client.told());
    assertEquals(List.of(), client.mesh.transmissions());
  }
}
