package org.longwire.radio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CaptureDecodingTest {
  static Stream<Capture> captures() {
    return Capture.all().stream();
  }

  @ParameterizedTest
  @MethodSource("captures")
  void everyFrameSaysWhatItsAnnotationSays(Capture capture) {
    List<NodeMessage> read = new ArrayList<>();
    decode(capture.in(), Integer.MAX_VALUE, read);
    List<Capture.Told> told = capture.toldIn();
    assertEquals(told.size(), read.size());
    for (int i = 0; i < told.size(); i++) {
      compare(capture + " #" + i, told.get(i), read.get(i));
    }
  }

  @Test
  void thereAreAllCaptures() {
    assertEquals(132, Capture.all().size());
  }

  @ParameterizedTest
  @MethodSource("captures")
  void aStreamCutAnywhereGivesTheSameFrames(Capture capture) {
    byte[] stream = capture.in();
    List<Integer> whole = sizes(stream, stream.length);
    for (int cut = 1; cut < stream.length; cut++) {
      Sizes sizes = new Sizes();
      FrameDecoder decoder = new FrameDecoder();
      decoder.feed(stream, 0, cut, sizes);
      decoder.feed(stream, cut, stream.length - cut, sizes);
      assertEquals(whole, sizes.found, () -> capture.name());
    }
    assertEquals(whole, sizes(stream, 1));
  }

  @Test
  void allStreamsTogetherGiveTheSameFramesInPiecesOfEverySize() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Capture.all().forEach(capture -> all.writeBytes(capture.in()));
    byte[] stream = all.toByteArray();
    List<Integer> whole = sizes(stream, stream.length);
    for (int piece = 1; piece <= 520; piece++) {
      assertEquals(whole, sizes(stream, piece), "in pieces of " + piece);
    }
    List<NodeMessage> inOneBlock = new ArrayList<>();
    decode(stream, Integer.MAX_VALUE, inOneBlock);
    List<NodeMessage> byteByByte = new ArrayList<>();
    decode(stream, 1, byteByByte);
    assertEquals(inOneBlock, byteByByte);
  }

  private static void decode(byte[] stream, int piece, List<NodeMessage> into) {
    PacketCodec codec = new PacketCodec(() -> Instant.parse("2026-11-20T12:00:00Z"), Set.of());
    FrameDecoder decoder = new FrameDecoder();
    FrameDecoder.Sink sink = new FrameDecoder.Sink() {
      @Override
      public boolean frame(byte[] payload) {
        Optional<NodeMessage> message = codec.decode(payload);
        message.ifPresent(into::add);
        return message.isPresent();
      }

      @Override
      public void text(String line) {
        throw new AssertionError("no text on this line: " + line);
      }
    };
    for (int at = 0; at < stream.length; at += Math.min(piece, stream.length - at)) {
      decoder.feed(stream, at, Math.min(piece, stream.length - at), sink);
    }
  }

  private static List<Integer> sizes(byte[] stream, int piece) {
    Sizes sizes = new Sizes();
    FrameDecoder decoder = new FrameDecoder();
    for (int at = 0; at < stream.length; at += piece) {
      decoder.feed(stream, at, Math.min(piece, stream.length - at), sizes);
    }
    return sizes.found;
  }

  private static final class Sizes implements FrameDecoder.Sink {
    private final List<Integer> found = new ArrayList<>();

    @Override
    public boolean frame(byte[] payload) {
      found.add(payload.length);
      return true;
    }

    @Override
    public void text(String line) {
      found.add(-line.length());
    }
  }

  private static void compare(String where, Capture.Told told, NodeMessage read) {
    switch (told.variant()) {
      case "my_info" -> {
        NodeMessage.MyNodeTold my = (NodeMessage.MyNodeTold) read;
        assertEquals(text(told.object(), "my_node_num"), my.node().toString(), where);
      }
      case "node_info" -> compareNode(where, told.object(), (NodeMessage.NodeTold) read);
      case "metadata" ->
        assertEquals(
            text(told.object(), "firmware_version"),
            ((NodeMessage.FirmwareTold) read).version(),
            where);
      case "channel" -> {
        ChannelDescription channel = ((NodeMessage.ChannelTold) read).channel();
        assertEquals(number(told.object(), "index"), channel.index().value(), where);
        assertEquals(number(told.object(), "role"), channel.role().ordinal(), where);
        assertEquals(
            text(told.object().getAsJsonObject("settings"), "name"), channel.name(), where);
      }
      case "config" -> compareConfig(where, told.object(), read);
      case "config_complete_id" ->
        assertEquals(
            (int) told.content().getAsLong(), ((NodeMessage.ConfigComplete) read).nonce(), where);
      case "queueStatus" -> {
        NodeMessage.QueueStatusTold status = (NodeMessage.QueueStatusTold) read;
        assertEquals(number(told.object(), "res"), status.result(), where);
        assertEquals(number(told.object(), "free"), status.free(), where);
        assertEquals(id(told.object(), "mesh_packet_id"), status.packet(), where);
      }
      case "clientNotification" -> {
        NodeMessage.Notification notification = (NodeMessage.Notification) read;
        assertEquals(text(told.object(), "message"), notification.message(), where);
        assertEquals(id(told.object(), "reply_id"), notification.about(), where);
      }
      case "packet" -> HeardComparison.compare(where, told, (NodeMessage.Heard) read);
      default -> assertEquals(other(told.variant()), ((NodeMessage.Other) read).variant(), where);
    }
  }

  private static void compareNode(String where, JsonObject told, NodeMessage.NodeTold read) {
    NodeDescription node = read.node();
    assertEquals(text(told, "num"), node.id().toString(), where);
    JsonObject user = told.has("user") ? told.getAsJsonObject("user") : new JsonObject();
    assertEquals(text(user, "long_name"), node.longName().orElse(""), where);
    assertEquals(text(user, "short_name"), node.shortName().orElse(""), where);
    assertEquals(text(user, "public_key"), node.publicKey().orElse(""), where);
    assertEquals(
        number(told, "last_heard"),
        node.lastHeard().map(Instant::getEpochSecond).orElse(0L));
  }

  private static void compareConfig(String where, JsonObject told, NodeMessage read) {
    if (told.has("lora")) {
      ModemConfig modem = ((NodeMessage.ModemTold) read).modem();
      JsonObject lora = told.getAsJsonObject("lora");
      assertEquals(number(lora, "region"), modem.region(), where);
      assertEquals(number(lora, "modem_preset"), modem.preset(), where);
      assertEquals(number(lora, "hop_limit"), modem.hopLimit(), where);
    } else if (told.has("device")) {
      int role = ((NodeMessage.RoleTold) read).role();
      assertEquals(number(told.getAsJsonObject("device"), "role"), role, where);
    } else {
      assertEquals(new NodeMessage.Other(5), read, where);
    }
  }

  private static int other(String variant) {
    return switch (variant) {
      case "moduleConfig" -> 9;
      case "mqttClientProxyMessage" -> 14;
      case "fileInfo" -> 15;
      case "deviceuiConfig" -> 17;
      case "region_presets" -> 19;
      default -> throw new AssertionError("an annotation that this test does not know: " + variant);
    };
  }

  static String text(JsonObject from, String field) {
    return from.has(field) ? from.get(field).getAsString() : "";
  }

  static long number(JsonObject from, String field) {
    return from.has(field) ? from.get(field).getAsLong() : 0;
  }

  static Optional<PacketId> id(JsonObject from, String field) {
    return from.has(field)
        ? PacketId.ofWire(Integer.parseUnsignedInt(from.get(field).getAsString().substring(2), 16))
        : Optional.empty();
  }

  @Test
  void theAnnotationsHoldTextsAndResults() {
    long texts = captures()
        .flatMap(one -> one.toldIn().stream())
        .filter(told -> told.variant().equals("packet") && told.port() == 1)
        .count();
    assertTrue(texts > 250, "only " + texts);
  }
}
