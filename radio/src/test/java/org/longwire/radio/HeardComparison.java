package org.longwire.radio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

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
    boolean isMeasured = packet.has("rx_rssi") && !packet.has("via_mqtt");
    assertEquals(
        isMeasured ? packet.get("rx_snr").getAsDouble() : Double.NaN,
        header.signal().snr().orElse(Double.NaN),
        where);
    assertEquals(
        isMeasured ? CaptureDecodingTest.number(packet, "rx_rssi") : 0,
        header.signal().rssi().orElse(0),
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
    } else if (read instanceof NodeMessage.TelemetryHeard told) {
      compareMeasures(where, data.getAsJsonObject("payload"), told.telemetry());
    } else if (port == PortNum.TELEMETRY && !isEmpty) {
      JsonObject payload = data.getAsJsonObject("payload");
      assertFalse(payload.has("device_metrics") || payload.has("environment_metrics"), where);
    } else if (read instanceof NodeMessage.RouteHeard told) {
      assertEquals(CaptureDecodingTest.id(data, "request_id"), Optional.of(told.request()), where);
      JsonObject payload = data.getAsJsonObject("payload");
      assertEquals(quarters(payload, "snr_towards"), quarters(told.route().towards()), where);
      assertEquals(quarters(payload, "snr_back"), quarters(told.route().back()), where);
    } else if (read instanceof NodeMessage.PacketHeard any && any.payload().isPresent()) {
      assertEquals(
          CaptureDecodingTest.number(data, "payload_len"),
          any.payload().get().bytes().length,
          where);
    } else if (port == PortNum.NODEINFO) {
      NodeMessage.NodeHeard node = assertInstanceOf(NodeMessage.NodeHeard.class, read, where);
      String name = CaptureDecodingTest.text(data.getAsJsonObject("payload"), "long_name");
      assertEquals(name, node.node().longName().orElse(""), where);
    }
  }

  private static void compareMeasures(String where, JsonObject told, Telemetry read) {
    if (read instanceof Telemetry.Device device) {
      JsonObject metrics = told.getAsJsonObject("device_metrics");
      measure(where, metrics, "battery_level", device.batteryPercent().stream().asDoubleStream());
      measure(where, metrics, "voltage", device.voltage().stream());
      measure(where, metrics, "channel_utilization", device.channelUtilisation().stream());
      measure(where, metrics, "air_util_tx", device.airUtilisationTx().stream());
      measure(where, metrics, "uptime_seconds", device.uptimeSeconds().stream().asDoubleStream());
    } else if (read instanceof Telemetry.Environment around) {
      JsonObject metrics = told.getAsJsonObject("environment_metrics");
      measure(where, metrics, "temperature", around.temperature().stream());
      measure(where, metrics, "relative_humidity", around.humidityPercent().stream());
      measure(where, metrics, "barometric_pressure", around.pressureHectopascal().stream());
      measure(where, metrics, "iaq", around.airQualityIndex().stream().asDoubleStream());
    }
  }

  /** Capture 14b has no numbers in the place of numbers, and the pressure -0. */
  private static void measure(String where, JsonObject metrics, String name, DoubleStream read) {
    Optional<Double> told = Optional.ofNullable(metrics.get(name))
        .filter(value -> value.getAsJsonPrimitive().isNumber())
        .map(value -> (double) value.getAsFloat())
        .filter(value -> !name.equals("barometric_pressure") || value > 0);
    assertEquals(told, read.boxed().findFirst(), where + " " + name);
  }

  private static List<Double> quarters(JsonObject payload, String name) {
    return payload.getAsJsonArray(name).asList().stream()
        .map(value -> value.getAsInt() / 4.0)
        .toList();
  }

  private static List<Double> quarters(List<Route.Hop> hops) {
    return hops.stream().map(hop -> hop.snr().orElseThrow()).toList();
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
      assertEquals(
          CaptureDecodingTest.number(place, "precision_bits") > 0,
          told.precisionMetres().isPresent(),
          where);
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
