package org.longwire.plugins.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.plugins.api.Picture;
import org.longwire.plugins.drawing.DrawingProcess;
import org.longwire.radio.GeoPoint;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.NodeId;
import org.longwire.radio.Telemetry;

/** Draws the pictures of the documentation: {@code mvn verify -Ppictures -pl plugins -am}. */
class DocsPictureIT {
  private static final Path PICTURES =
      Path.of(System.getProperty("longwire.root"), "docs", "pictures");

  @TempDir
  private Path directory;

  private HandContext context;

  @BeforeEach
  void know() {
    context = new HandContext(directory);
    context.radios.add(Samples.radio());
    node("!11111111", "Base", 1, new GeoPoint(46.9480, 7.4474), 0);
    node("!a1b2c3d4", "Ridge Hut", 5, new GeoPoint(46.9190, 7.4380), 0);
    node("!b2c3d4e5", "Lake Boat", 12, new GeoPoint(46.9720, 7.3810), 370);
    node("!c3d4e5f6", "Valley Farm", 40, new GeoPoint(46.9040, 7.5130), 730);
    node("!d4e5f6a7", "Wood Edge", 61, new GeoPoint(46.9555, 7.4180), 0);
    node("!e5f6a7b8", "Old Mill", 400, new GeoPoint(46.9350, 7.5250), 0);
    node("!f6a7b8c9", "East Tower", 20, new GeoPoint(46.9700, 7.4900), 1_460);
  }

  private void node(String id, String name, int minutes, GeoPoint point, int precision) {
    context.nodes.add(new NodeSample(id, name, name.substring(0, 4))
        .heard(Samples.minutesAgo(minutes))
        .position(point.latitude(), point.longitude(), Samples.minutesAgo(minutes))
        .precision(precision)
        .info());
  }

  @Test
  void aMapOfAllNodes() throws Exception {
    MapPlugin plugin = new MapPlugin();
    plugin.start(context);

    assertEquals(
        "7 nodes with a position of the last 7 days",
        Samples.inRoom(plugin.onCommand(Samples.inRoom("map", ""))));

    write("map.png");
  }

  @Test
  void aGraphOfBatteries() throws Exception {
    TelemetryPlugin plugin = new TelemetryPlugin();
    plugin.start(context);
    Instant now = context.now;
    for (int hour = 71; hour >= 0; hour--) {
      context.now = now.minus(Duration.ofHours(hour));
      double day = Math.sin((context.now.getEpochSecond() / 3600 % 24 - 9) * Math.PI / 12);
      tell(plugin, Samples.HUT, 74 + 19 * day - (71 - hour) * 0.1);
      tell(plugin, Samples.id("!c3d4e5f6"), 98 - (71 - hour) * 0.9);
      // Out on the lake, where nobody hears it.
      if (hour < 26 || hour > 44) {
        tell(plugin, Samples.id("!b2c3d4e5"), 62 + 30 * day);
      }
    }

    assertEquals(
        Samples.lines(
            "Battery, last 3 days:",
            "Ridge Hut: lowest 48, mean 70, highest 92, latest 80 % (12:00)",
            "Lake Boat: lowest 32, mean 64, highest 92, latest 83 % (12:00)",
            "Valley Farm: lowest 34, mean 66, highest 98, latest 34 % (12:00)"),
        Samples.inRoom(plugin.onCommand(Samples.inRoom("graph", "battery 3d"))));
    assertEquals(
        "Battery 3 days, min/avg/max/last %: Ridge Hut 48/70/92/80, Lake Boat 32/64/92/83,"
            + " Valley Farm 34/66/98/34",
        Samples.onMesh(plugin.onCommand(Samples.onMesh("graph", "battery 3d"))));
    write("graph.png");
  }

  private static void tell(TelemetryPlugin plugin, NodeId node, double percent) throws Exception {
    Telemetry telemetry = new Telemetry.Device(
        OptionalInt.of((int) Math.max(0, Math.min(100, percent))),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalLong.empty());
    plugin.onMesh(Samples.heard(new MeshEvent.TelemetryReceived(Samples.packet(node), telemetry)));
  }

  private void write(String name) throws Exception {
    Picture picture = new DrawingProcess(directory).draw(context.drawn.get(0));
    assertEquals(name, picture.name());
    Files.write(PICTURES.resolve(name), picture.content());
  }
}
