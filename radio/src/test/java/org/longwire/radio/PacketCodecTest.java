package org.longwire.radio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.longwire.radio.wire.MeshPacket;
import org.longwire.radio.wire.StoreAndForward;
import org.longwire.radio.wire.User;

class PacketCodecTest {
  private static final NodeIdentity OWN =
      new NodeIdentity(FromNode.OWN, "2.7.26", 0, LoraSettings.LONG_FAST);

  private final PacketCodec codec = new PacketCodec(() -> Bench.START, Set.of());

  private NodeMessage read(String payload) {
    return codec.decode(HexFormat.of().parseHex(payload)).orElseThrow();
  }

  private NodeMessage readFrame(byte[] frame) {
    return codec.decode(Arrays.copyOfRange(frame, 4, frame.length)).orElseThrow();
  }

  private NodeMessage.Heard readPacket(MeshPacket.Builder packet) {
    return (NodeMessage.Heard) readFrame(FromNode.frame(packet));
  }

  private static MeshPacket.Builder text(byte[] payload) {
    return FromNode.packet(
        FromNode.PEER, NodeId.BROADCAST, 9, FromNode.data(PortNum.TEXT_MESSAGE, payload));
  }

  /** Frames of meshtastic.md §1.8, made by another encoder. */
  @Test
  void whatWeSayIsWrittenAsTheReferenceWritesIt() {
    HexFormat hex = HexFormat.of();
    assertEquals("18ac9e04", hex.formatHex(codec.wantConfig(69420)));
    assertEquals("18ffffffff0f", hex.formatHex(codec.wantConfig(-1)));
    assertEquals("2001", hex.formatHex(codec.disconnect()));
    assertEquals("3a00", hex.formatHex(codec.heartbeat()));
    OutgoingText hi = new OutgoingText(
        new PacketId(0x89ABCDEF), NodeId.BROADCAST, new ChannelIndex(1), "hi", Optional.empty());
    assertEquals(
        "0a1d0dd4c3b2a115ffffffff1801220608011202686935efcdab8948035001",
        hex.formatHex(codec.onChannel(hi, OWN)));
  }

  @Test
  void theTimeIsTellingInOneSmallPacket() {
    byte[] bytes = codec.setTime(FromNode.OWN, new PacketId(5), Instant.ofEpochSecond(0xFFFFFFFFL));
    assertTrue(HexFormat.of().formatHex(bytes).contains("dd02ffffffff"));
  }

  @Test
  void whatTheReferenceWritesIsRead() {
    assertEquals(new NodeMessage.ConfigComplete(69420), read("38ac9e04"));
    assertEquals(new NodeMessage.Rebooted(), read("4001"));
    assertEquals(
        new NodeMessage.QueueStatusTold(0, 15, 16, Optional.of(new PacketId(0x89ABCDEF))),
        read("5a0a100f181020ef9bafcd08"));
    assertEquals(
        new NodeMessage.QueueStatusTold(39, 16, 16, Optional.of(new PacketId(0x89ABCDEF))),
        read("5a0c08271010181020ef9bafcd08"));
    assertEquals(new NodeMessage.MyNodeTold(FromNode.OWN, 7), read("1a0c08d487cb8d0a400758f8eb01"));
    NodeMessage.ResultHeard ack = assertInstanceOf(
        NodeMessage.ResultHeard.class,
        read("12230dd4c3b2a115d4c3b2a1220b08051202180035efcdab8935010000003d0078e7685878"));
    assertEquals(Optional.of(new PacketId(0x89ABCDEF)), ack.request());
    assertEquals(0, ack.error());
  }

  @Test
  void anEmptyMessageIsNothing() {
    assertEquals(new NodeMessage.Other(0), read(""));
  }

  /** Case 15: length-delimited, 64-bit, group. */
  @ParameterizedTest
  @CsvSource({"ca0103010203, 25", "c9010102030405060708, 25", "cb010801cc01, 25", "9206020802, 98"})
  void anUnknownKindIsCountedByItsNumber(String payload, int variant) {
    assertEquals(new NodeMessage.Other(variant), read(payload));
  }

  @Test
  void anUnknownFieldInsideIsSkipped() {
    assertEquals(new NodeMessage.ConfigComplete(1), read("3801c9010102030405060708"));
  }

  @Test
  void whatIsNoMessageIsEmpty() {
    assertEquals(Optional.empty(), codec.decode(HexFormat.of().parseHex("94c30004")));
    assertEquals(Optional.empty(), codec.decode(HexFormat.of().parseHex("120fff")));
  }

  /** Case 18. */
  @Test
  void numbersAreUnsigned() {
    MeshPacket.Builder packet = FromNode.packet(
            new NodeId(0xFFFFFFFE), NodeId.BROADCAST, 0x80000000, FromNode.data(3, new byte[0]))
        .setRxTime(0xFFFFFFFF)
        .setRxRssi(-120);
    PacketHeader header = readPacket(packet).packet();
    assertEquals("!fffffffe", header.from().toString());
    assertEquals("80000000", header.id().orElseThrow().toString());
    assertEquals(Optional.empty(), header.receivedAt());
  }

  @Test
  void anAbsurdTimeIsNoTime() {
    long now = Bench.START.getEpochSecond();
    assertEquals(Optional.of(Bench.START), received(now));
    assertTrue(received(now + 86_000).isPresent());
    assertTrue(received(now + 87_000).isEmpty());
    assertTrue(received(0).isEmpty());
    assertTrue(received(3_600).isEmpty());
  }

  private Optional<Instant> received(long seconds) {
    return readPacket(text(new byte[] {'x'}).setRxTime((int) seconds)).packet().receivedAt();
  }

  @Test
  void hopsAreKnownWhereTheStartIs() {
    MeshPacket.Builder packet = text(new byte[] {'x'}).setHopStart(5).setHopLimit(3);
    assertEquals(OptionalInt.of(2), readPacket(packet).packet().hops());
    assertEquals(
        OptionalInt.empty(), readPacket(text(new byte[] {'x'})).packet().hops());
    packet.setHopLimit(7);
    assertEquals(OptionalInt.empty(), readPacket(packet).packet().hops());
    MeshPacket.Builder direct = text(new byte[] {'x'});
    direct.setDecoded(direct.getDecoded().toBuilder().setBitfield(0));
    assertEquals(OptionalInt.of(0), readPacket(direct).packet().hops());
  }

  /** Case 19. */
  @Test
  void aTapbackHasASymbolAndPerhapsATarget() {
    byte[] thumb = HexFormat.of().parseHex("f09f918d");
    MeshPacket.Builder packet = text(thumb);
    packet.setDecoded(packet.getDecoded().toBuilder().setEmoji(1).setReplyId(4));
    NodeMessage.ReactionHeard aimed = (NodeMessage.ReactionHeard) readPacket(packet);
    assertEquals("\ud83d\udc4d", aimed.symbol());
    assertEquals(Optional.of(new PacketId(4)), aimed.target());
    packet.setDecoded(packet.getDecoded().toBuilder().setReplyId(0));
    assertEquals(Optional.empty(), ((NodeMessage.ReactionHeard) readPacket(packet)).target());
    packet.setDecoded(packet.getDecoded().toBuilder().setPayload(ByteString.EMPTY));
    assertInstanceOf(NodeMessage.PacketHeard.class, readPacket(packet));
  }

  /** Case 20. */
  @Test
  void brokenTextIsMendedAndKept() {
    NodeMessage.Heard heard = readPacket(text(HexFormat.of().parseHex("fffe41")));
    assertEquals("\ufffd\ufffdA", ((NodeMessage.TextHeard) heard).text());
    NodeMessage.Heard cut = readPacket(text(HexFormat.of().parseHex("63f09f98")));
    assertEquals("c\ufffd", ((NodeMessage.TextHeard) cut).text());
    User user = User.newBuilder()
        .setLongName(ByteString.copyFrom(new byte[] {(byte) 0xFF, 'n'}))
        .setShortName(ByteString.copyFromUtf8("ok"))
        .setHwModel(43)
        .build();
    NodeDescription node =
        ((NodeMessage.NodeHeard) readFrame(FromNode.nodeInfo(FromNode.PEER, user))).node();
    assertEquals(Optional.of("\ufffdn"), node.longName());
    assertEquals(Optional.of("ok"), node.shortName());
    assertEquals(Optional.empty(), node.publicKey());
    assertEquals(OptionalInt.of(43), node.hardware());
    assertEquals(OptionalInt.of(0), node.role(), "who tells of himself and no role is a client");
  }

  /** Case 21. */
  @Test
  void compressedAndEmptyTextsAreNoTexts() {
    MeshPacket.Builder compressed =
        FromNode.packet(FromNode.PEER, NodeId.BROADCAST, 9, FromNode.data(7, new byte[] {1}));
    assertEquals(PortNum.TEXT_MESSAGE_COMPRESSED, readPacket(compressed).port());
    assertInstanceOf(NodeMessage.PacketHeard.class, readPacket(compressed));
    assertInstanceOf(NodeMessage.PacketHeard.class, readPacket(text(new byte[0])));
  }

  /** Case 16. */
  @Test
  void whatIsEncryptedHasNoPort() {
    MeshPacket.Builder packet = MeshPacket.newBuilder()
        .setFrom(1)
        .setTo(-1)
        .setChannel(0xE7)
        .setEncrypted(ByteString.copyFromUtf8("secret"));
    assertEquals(-1, readPacket(packet).port());
    assertEquals(0xE7, readPacket(packet).packet().channel());
  }

  @Test
  void aStoredTextKeepsItsAuthorAndItsOriginalId() {
    StoreAndForward stored = StoreAndForward.newBuilder()
        .setRr(9)
        .setText(ByteString.copyFromUtf8("late"))
        .setOriginalId(0x44)
        .build();
    NodeMessage.TextHeard text = (NodeMessage.TextHeard) readPacket(FromNode.packet(
        FromNode.PEER,
        FromNode.OWN,
        9,
        FromNode.data(PortNum.STORE_FORWARD, stored.toByteArray())));
    assertEquals("late", text.text());
    assertEquals(NodeId.BROADCAST, text.packet().to());
    assertEquals(Optional.of(new PacketId(0x44)), text.packet().id());
  }

  @Test
  void aPayloadThatDoesNotFitItsPortIsAnyPacket() {
    for (int port : new int[] {4, 5, 65, 67}) {
      MeshPacket.Builder packet = FromNode.packet(
          FromNode.PEER, NodeId.BROADCAST, 9, FromNode.data(port, new byte[] {(byte) 0xFF}));
      assertEquals(port, ((NodeMessage.PacketHeard) readPacket(packet)).port());
    }
  }
}
