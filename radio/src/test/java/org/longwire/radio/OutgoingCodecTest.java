package org.longwire.radio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.longwire.radio.wire.MeshPacket;
import org.longwire.radio.wire.ToRadio;

/** What is written to the node, field by field and byte by byte. */
class OutgoingCodecTest {
  private static final PacketId ID = new PacketId(0x89ABCDEF);
  private static final PacketId TARGET = new PacketId(0x31323334);
  private static final String KEY = FromNode.key(7);
  private static final NodeIdentity OWN =
      new NodeIdentity(FromNode.OWN, "2.7.26", 0, LoraSettings.LONG_FAST);

  private final PacketCodec codec = new PacketCodec(() -> Bench.START, Set.of());

  private MeshPacket broadcast(Outgoing packet) throws Exception {
    return ToRadio.parseFrom(codec.onChannel(packet, OWN)).getPacket();
  }

  private MeshPacket direct(Outgoing packet) throws Exception {
    return ToRadio.parseFrom(codec.direct(packet, KEY, OWN)).getPacket();
  }

  @Test
  void aReactionIsATapbackOnTheTextPort() throws Exception {
    OutgoingReaction reaction =
        new OutgoingReaction(ID, NodeId.BROADCAST, new ChannelIndex(2), "👍", TARGET);
    MeshPacket packet = broadcast(reaction);
    assertEquals(FromNode.OWN.number(), packet.getFrom());
    assertEquals(-1, packet.getTo());
    assertEquals(2, packet.getChannel());
    assertEquals(ID.value(), packet.getId());
    assertEquals(3, packet.getHopLimit());
    assertTrue(packet.getWantAck());
    assertFalse(packet.getPkiEncrypted());
    assertEquals(PortNum.TEXT_MESSAGE, packet.getDecoded().getPortnum());
    assertEquals("👍", packet.getDecoded().getPayload().toStringUtf8());
    assertEquals(1, packet.getDecoded().getEmoji());
    assertEquals(TARGET.value(), packet.getDecoded().getReplyId());
    assertFalse(packet.getDecoded().getWantResponse());
    assertEquals(4, reaction.payloadBytes());
  }

  /** The keys are the wire's: 0d and 15 for the first two fields of four signed bytes. */
  @Test
  void aPositionIsTwoNumbersOfFourBytes() throws Exception {
    OutgoingPosition position = new OutgoingPosition(
        ID, NodeId.BROADCAST, new ChannelIndex(1), new GeoPoint(52.5163, -13.3777));
    MeshPacket packet = broadcast(position);
    assertEquals(PortNum.POSITION, packet.getDecoded().getPortnum());
    byte[] payload = packet.getDecoded().getPayload().toByteArray();
    assertArrayEquals(HexFormat.of().parseHex("0df8594d1f1598b906f8"), payload);
    assertEquals(payload.length, position.payloadBytes());
    OutgoingPosition nowhere =
        new OutgoingPosition(ID, NodeId.BROADCAST, new ChannelIndex(1), new GeoPoint(0, 0));
    assertEquals(
        nowhere.payloadBytes(), broadcast(nowhere).getDecoded().getPayload().size());
  }

  @Test
  void aDirectTextDemandsTheAddresseesKeyAndNamesNoChannel() throws Exception {
    OutgoingText text =
        new OutgoingText(ID, FromNode.PEER, new ChannelIndex(3), "psst", Optional.of(TARGET));
    MeshPacket packet = direct(text);
    assertEquals(FromNode.PEER.number(), packet.getTo());
    assertTrue(packet.getPkiEncrypted());
    assertEquals(ByteString.copyFrom(HexFormat.of().parseHex(KEY)), packet.getPublicKey());
    assertEquals(0, packet.getChannel());
    assertTrue(packet.getWantAck());
    assertEquals(3, packet.getHopLimit());
    assertEquals(TARGET.value(), packet.getDecoded().getReplyId());
    assertEquals("psst", packet.getDecoded().getPayload().toStringUtf8());
  }

  /** Field 16 is the key, 17 the demand: two bytes of key each. */
  @Test
  void theDemandStandsInItsOwnFields() {
    OutgoingText text =
        new OutgoingText(ID, FromNode.PEER, new ChannelIndex(0), "hi", Optional.empty());
    String hex = HexFormat.of().formatHex(codec.direct(text, KEY, OWN));
    assertTrue(hex.endsWith("820120" + KEY + "880101"), hex);
  }

  @Test
  void bytesAreCountedAndNotCharacters() {
    OutgoingText text =
        new OutgoingText(ID, NodeId.BROADCAST, new ChannelIndex(0), "Grüße 🐢", Optional.empty());
    assertEquals("Grüße 🐢".getBytes(StandardCharsets.UTF_8).length, text.payloadBytes());
  }

  /** A text, a reply, a reaction and 220 bytes that real firmware took and delivered. */
  @ParameterizedTest
  @ValueSource(strings = {"2.7.26/08a_tx_dm_acked", "2.8.0-hwlike/08a_tx_dm_acked"})
  void whatTheFirmwareTookAndDeliveredIsWrittenTheSame(String capture) throws Exception {
    List<MeshPacket> recorded = recorded(Capture.of(capture), PortNum.TEXT_MESSAGE);
    assertEquals(5, recorded.size());
    for (MeshPacket packet : recorded) {
      assertEquals(packet.getDecoded(), direct(outgoing(packet)).getDecoded());
    }
    assertEquals(
        List.of(0, 0, 1, 0, 0),
        recorded.stream().map(packet -> packet.getDecoded().getEmoji()).toList());
    MeshPacket demanded = recorded.get(4);
    assertEquals(
        demanded,
        direct(outgoing(demanded)).toBuilder()
            .clearPublicKey()
            .setFrom(demanded.getFrom())
            .build());
  }

  /** Real firmware sent it, and the peer answered. */
  @ParameterizedTest
  @ValueSource(strings = {"2.7.26/14c_neighborinfo_traceroute", "2.8.0/19a_notify_misc"})
  void aRouteRequestIsWrittenAsTheFirmwareTookIt(String capture) throws Exception {
    MeshPacket recorded = recorded(Capture.of(capture), PortNum.TRACEROUTE).get(0);
    OutgoingRouteRequest request = new OutgoingRouteRequest(
        new PacketId(recorded.getId()), new NodeId(recorded.getTo()), new ChannelIndex(0));
    assertEquals(
        recorded, broadcast(request).toBuilder().setFrom(recorded.getFrom()).build());
    assertEquals(List.of(), PacketJudge.faults(request, true));
  }

  @Test
  void aPacketOfAnyPortCarriesItsBytesAsTheyAre() throws Exception {
    PacketData bytes = new PacketData("00ff94c3");
    OutgoingPacket packet =
        new OutgoingPacket(ID, NodeId.BROADCAST, new ChannelIndex(2), 256, bytes);
    MeshPacket written = broadcast(packet);
    assertEquals(256, written.getDecoded().getPortnum());
    assertArrayEquals(bytes.bytes(), written.getDecoded().getPayload().toByteArray());
    assertEquals(2, written.getChannel());
    assertFalse(written.getDecoded().getWantResponse());
    assertEquals(List.of(), PacketJudge.faults(packet, false));
  }

  @ParameterizedTest
  @CsvSource({"8, 232", "256, 231"})
  void theLargestPacketFillsItsFrame(int port, int most) throws Exception {
    OutgoingPacket packet = filled(port, most);
    assertEquals(List.of(), PacketJudge.faults(packet, false));
    int written = broadcast(packet).getDecoded().getSerializedSize();
    assertEquals(237, written, "with header and the node's own two bytes 255");
    assertThrows(IllegalArgumentException.class, () -> filled(port, most + 1));
  }

  private static OutgoingPacket filled(int port, int bytes) {
    PacketData payload = PacketData.of(new byte[bytes]);
    return new OutgoingPacket(ID, NodeId.BROADCAST, new ChannelIndex(0), port, payload);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1, 6, 7, 512})
  void textsAndAdministrationAreNoPacketsOfAnyPort(int port) {
    assertThrows(IllegalArgumentException.class, () -> filled(port, 1));
  }

  @Test
  void thereIsNoWayToEverybody() {
    ChannelIndex channel = new ChannelIndex(0);
    assertThrows(
        IllegalArgumentException.class,
        () -> new OutgoingRouteRequest(ID, NodeId.BROADCAST, channel));
  }

  private static Outgoing outgoing(MeshPacket packet) {
    PacketId id = new PacketId(packet.getId());
    NodeId to = new NodeId(packet.getTo());
    String words = packet.getDecoded().getPayload().toStringUtf8();
    Optional<PacketId> target = PacketId.ofWire(packet.getDecoded().getReplyId());
    return packet.getDecoded().getEmoji() == 0
        ? new OutgoingText(id, to, new ChannelIndex(0), words, target)
        : new OutgoingReaction(id, to, new ChannelIndex(0), words, target.orElseThrow());
  }

  private static List<MeshPacket> recorded(Capture capture, int port) {
    List<byte[]> written = new ArrayList<>();
    for (Capture.Line line : capture.lines()) {
      if (line.direction().equals("out")) {
        written.add(line.bytes());
      }
    }
    return ToNode.packets(written, port);
  }
}
