package org.longwire.radio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;

/** Compares a decoded packet with its annotation. */
final class HeardComparison {
  private HeardComparison() {}

  static void compare(String where, Capture.Told told, NodeMessage.Heard read) {
    JsonObject packet = told.object();
    PacketHeader header = read.packet();
    assertEquals(node(packet, "from"), header.from(), where);
    assertEquals(CaptureDecodingTest.id(packet, "id"), header.id(), where);
    assertEquals(told.port(), read.port(), where);
    if (told.isSimulatorOnly()) {
      return;
    }
    JsonObject data = packet.has("decoded") ? packet.getAsJsonObject("decoded") : new JsonObject();
    boolean isStoredBroadcast =
        told.port() == PortNum.STORE_FORWARD && read instanceof NodeMessage.TextHeard;
    if (!isStoredBroadcast) {
      assertEquals(node(packet, "to"), header.to(), where);
    }
    assertEquals(CaptureDecodingTest.number(packet, "channel"), header.channel(), where);
    assertEquals(
        CaptureDecodingTest.number(packet, "rx_time"),
        header.receivedAt().map(Instant::getEpochSecond).orElse(0L),
        where);
    assertEquals(packet.has("via_mqtt"), header.viaMqtt(), where);
    assertEquals(packet.has("pki_encrypted"), header.privately(), where);
    if (packet.has("pki_encrypted")) {
      String key = CaptureDecodingTest.text(packet, "public_key");
      assertEquals(key, header.senderKey().orElse(""), where);
    }
    long start = CaptureDecodingTest.number(packet, "hop_start");
    if (start > 0) {
      long hops = start - CaptureDecodingTest.number(packet, "hop_limit");
      assertEquals(hops, header.hops().orElseThrow(), where);
    }
    compareContent(where, told.port(), data, read);
    if (told.port() == PortNum.POSITION || told.port() == PortNum.WAYPOINT) {
      comparePlace(where, packet, data, read);
    }
  }

  private static void compareContent(
      String where, int port, JsonObject data, NodeMessage.Heard read) {
    boolean isEmpty = CaptureDecodingTest.number(data, "payload_len") == 0;
    if (port == PortNum.TEXT_MESSAGE && !isEmpty && data.has("emoji")) {
      NodeMessage.ReactionHeard reaction = assertInstanceOf(NodeMessage.ReactionHeard.class, read);
      assertEquals(text(data.get("payload")), reaction.symbol(), where);
      assertEquals(CaptureDecodingTest.id(data, "reply_id"), reaction.target(), where);
    } else if (isText(port) && !isEmpty) {
      NodeMessage.TextHeard text = assertInstanceOf(NodeMessage.TextHeard.class, read, where);
      assertEquals(text(data.get("payload")), text.text(), where);
      assertEquals(CaptureDecodingTest.id(data, "reply_id"), text.replyTo(), where);
    } else if (port == PortNum.ROUTING) {
      NodeMessage.ResultHeard result = assertInstanceOf(NodeMessage.ResultHeard.class, read, where);
      long error = CaptureDecodingTest.number(data.getAsJsonObject("payload"), "error_reason");
      assertEquals(error, result.error(), where);
      assertEquals(CaptureDecodingTest.id(data, "request_id"), result.request(), where);
    } else if (port == PortNum.NODEINFO) {
      NodeMessage.NodeHeard node = assertInstanceOf(NodeMessage.NodeHeard.class, read, where);
      String name = CaptureDecodingTest.text(data.getAsJsonObject("payload"), "long_name");
      assertEquals(name, node.node().longName().orElse(""), where);
    }
  }

  private static void comparePlace(
      String where, JsonObject packet, JsonObject data, NodeMessage.Heard read) {
    JsonObject place =
        data.get("payload").isJsonObject() ? data.getAsJsonObject("payload") : new JsonObject();
    boolean isReplayed = !data.has("bitfield") && !packet.has("relay_node");
    if (!place.has("latitude_i") || isReplayed) {
      assertInstanceOf(NodeMessage.PacketHeard.class, read, where);
    } else if (read instanceof NodeMessage.WaypointHeard mark) {
      assertEquals(CaptureDecodingTest.number(place, "id"), mark.waypoint().id(), where);
      comparePoint(where, place, mark.waypoint().point());
      assertEquals(CaptureDecodingTest.text(place, "name"), mark.waypoint().name(), where);
      assertEquals(
          CaptureDecodingTest.text(place, "description"), mark.waypoint().description(), where);
      assertEquals(
          CaptureDecodingTest.number(place, "expire"),
          mark.waypoint().expiresAt().map(Instant::getEpochSecond).orElse(0L),
          where);
    } else {
      NodeMessage.PositionHeard told =
          assertInstanceOf(NodeMessage.PositionHeard.class, read, where);
      comparePoint(where, place, told.point());
    }
  }

  private static void comparePoint(String where, JsonObject place, GeoPoint point) {
    assertEquals(CaptureDecodingTest.number(place, "latitude_i"), point.latitudeE7(), where);
    assertEquals(CaptureDecodingTest.number(place, "longitude_i"), point.longitudeE7(), where);
  }

  static boolean isText(int port) {
    return port == PortNum.TEXT_MESSAGE
        || port == PortNum.ALERT
        || port == PortNum.DETECTION_SENSOR;
  }

  /** A payload as an author wrote it, or as a lenient reader must show it. */
  static String text(JsonElement payload) {
    if (payload.isJsonPrimitive()) {
      return payload.getAsString();
    }
    String hex = payload.getAsJsonObject().get("invalid_utf8_hex").getAsString();
    return new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
  }

  static NodeId node(JsonObject from, String field) {
    return from.has(field)
        ? NodeId.parse(from.get(field).getAsString()).orElseThrow()
        : new NodeId(0);
  }
}
