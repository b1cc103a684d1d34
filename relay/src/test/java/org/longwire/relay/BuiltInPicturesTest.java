package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.MxcUri;
import org.longwire.matrix.sim.PostedEvent;
import org.longwire.plugins.api.Drawing;
import org.longwire.plugins.api.MapView;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.Web;
import org.longwire.radio.GeoPoint;
import org.longwire.radio.Telemetry;
import org.longwire.radio.sim.SimulatedPeer;
import org.longwire.relay.queue.Fate;

/** Telemetry, map and weather, asked over the simulated radio and in the room. */
class BuiltInPicturesTest extends SteppedRelayTest {
  private static final GeoPoint RIDGE = new GeoPoint(46.95, 7.45);
  private static final GeoPoint VALLEY = new GeoPoint(46.90, 7.50);
  private static final int BLUE = 0x0072B2;
  private static final int ORANGE = 0xD55E00;
  private static final int GREEN = 0x009E73;

  private final Map<String, String> pages = new HashMap<>();
  private final List<URI> asked = new ArrayList<>();

  @Test
  void aGraphIsAPictureInTheRoom() throws Exception {
    start("plugins.telemetry {}\n");
    for (int percent : List.of(90, 80, 70)) {
      battery(world.ridge, percent);
      battery(world.valley, percent - 40);
      relay.minutes(60);
    }

    askInRoom("!graph battery 4h");

    assertEquals(
        lines(
            "Battery, last 4 h:",
            "Longwire Base: lowest 100, mean 100, highest 100, latest 100 % (10:54)",
            "Ridge: lowest 70, mean 80, highest 90, latest 70 % (10:00)",
            "Valley: lowest 30, mean 40, highest 50, latest 30 % (10:00)"),
        world.shown().get(0));
    BufferedImage picture = picture();
    assertEquals(800, picture.getWidth());
    assertEquals(400, picture.getHeight());
    for (int colour : List.of(BLUE, ORANGE, GREEN)) {
      assertTrue(count(picture, colour) > 100, "a line for each node");
    }
    assertEquals(List.of(), world.heard());
    assertFate(Fate.FILTERED, "command: graph", "longwire: !graph battery 4h");
    assertAllDelivered();
  }

  @Test
  void aGraphIsNumbersOnTheMesh() throws Exception {
    start("plugins.telemetry {}\n");
    battery(world.ridge, 90);
    relay.minutes(60);
    battery(world.ridge, 80);
    relay.minutes(1);

    assertEquals(
        "Battery 24 h, min/avg/max/last %: Ridge 80/85/90/80", askByRadio("!batteryLevel RDG"));
    assertEquals(0, world.server.files());
  }

  @Test
  void aMapShowsEveryNodeWhereItIs() throws Exception {
    start("plugins.map {}\n");
    world.ridge.tellsPosition(0, RIDGE);
    world.valley.tellsPosition(0, VALLEY);
    relay.minutes(1);

    askInRoom("!map");

    assertEquals("2 nodes with a position of the last 7 days", world.shown().get(0));
    BufferedImage picture = picture();
    assertEquals(800, picture.getWidth());
    assertEquals(600, picture.getHeight());
    MapView view = MapView.fit(List.of(RIDGE, VALLEY), 15, 800, 600);
    for (GeoPoint point : List.of(RIDGE, VALLEY)) {
      MapView.Pixel at = view.pixel(point);
      assertEquals(
          Drawing.Colour.GREEN.rgb(),
          picture.getRGB((int) at.x(), (int) at.y()) & 0xFFFFFF,
          () -> point + " at " + at);
    }
    assertEquals(List.of(), world.heard());
    assertAllDelivered();
  }

  @Test
  void aMapHasTheTilesOfAServerThatTheRelayMayAsk() throws Exception {
    world.web = (address, hosts) -> {
      asked.add(address);
      return new Web.Page(200, "image/png", tile(0xA0C8F0));
    };
    start("""
        plugins.map { tiles = "https://tile.example.org/{z}/{x}/{y}.png", attribution = "© us" }
        """);
    world.ridge.tellsPosition(0, RIDGE);
    relay.minutes(1);

    askInRoom("!map zoom=12 size=256,256");

    assertEquals("1 node with a position of the last 7 days", world.shown().get(0));
    BufferedImage picture = picture();
    assertEquals(0xA0C8F0, picture.getRGB(60, 60) & 0xFFFFFF);
    assertEquals(Drawing.Colour.GREEN.rgb(), picture.getRGB(128, 128) & 0xFFFFFF);
    assertTrue(asked.get(0).toString().startsWith("https://tile.example.org/12/"));
  }

  @Test
  void theMeshIsToldWhoIsNear() throws Exception {
    start("plugins.map {}\n");
    world.ridge.tellsPosition(0, RIDGE);
    world.valley.tellsPosition(0, VALLEY);
    relay.minutes(1);

    assertEquals("Near you: Valley 6.7 km south-east", askByRadio("!map"));
  }

  @Test
  void theWeatherIsOneLine() throws Exception {
    world.web = (address, hosts) -> {
      asked.add(address);
      String page = pages.get(address.getPath());
      if (page == null) {
        throw new PluginException.Unavailable(address.getHost() + " does not answer");
      }
      return new Web.Page(200, "application/json", page.getBytes(StandardCharsets.UTF_8));
    };
    pages.put("/v1/search", """
        {"results":[{"name":"Bern","latitude":46.94809,"longitude":7.44744,
          "country":"Switzerland"}]}""");
    pages.put("/v1/forecast", """
        {"current":{"time":"2026-11-20T09:00","temperature_2m":-3.25,"apparent_temperature":-8.1,
          "relative_humidity_2m":88,"precipitation":0.0,"weather_code":71,"wind_speed_10m":24.1,
          "wind_direction_10m":40,"is_day":1}}""");
    start("plugins.weather { place = Bern }\n");
    world.ridge.tellsPosition(0, RIDGE);
    relay.minutes(1);
    String weather = ": -3.3 °C, feels like -8.1, snow, humidity 88 %,"
        + " wind 24 km/h from the north-east, precipitation 0.0 mm";

    askInRoom("!weather");
    assertEquals("🌨️ Bern, Switzerland" + weather, world.shown().get(0));
    assertEquals("🌨️ where you are" + weather, askByRadio("!weather"));
    // Both are the same place to a kilometre, and asked for once.
    assertEquals(2, asked.size());
    assertTrue(asked.get(1).getQuery().startsWith("latitude=46.95&longitude=7.45&"));
    pages.clear();
    assertEquals(
        "❌ the weather service does not answer; ask again later", askByRadio("!daily Thun"));
  }

  private void askInRoom(String words) throws Exception {
    world.says("longwire: " + words);
    relay.seconds(30);
  }

  /** What a node hears after its question, in one packet. */
  private String askByRadio(String words) throws Exception {
    int before = world.heard().size();
    world.ridge.says(words);
    relay.minutes(1);
    assertEquals(before + 1, world.heard().size(), () -> words + ": " + world.heard());
    return world.heard().get(before);
  }

  private static void battery(SimulatedPeer node, int percent) {
    node.measures(
        0,
        new Telemetry.Device(
            OptionalInt.of(percent),
            OptionalDouble.of(3.75),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalLong.empty()));
  }

  /** The only picture that the room was sent, as the server gives it to those who look at it. */
  private BufferedImage picture() throws Exception {
    List<PostedEvent> pictures = world.sentByUs("m.room.message").stream()
        .filter(event -> event.text("msgtype").orElse("").equals("m.image"))
        .toList();
    assertEquals(1, pictures.size());
    MxcUri uri = new MxcUri(pictures.get(0).text("url").orElseThrow());
    assertEquals("image/png", world.server.file(uri).orElseThrow().type());
    return ImageIO.read(
        new ByteArrayInputStream(world.server.file(uri).orElseThrow().content()));
  }

  private static int count(BufferedImage picture, int colour) {
    int count = 0;
    for (int x = 0; x < picture.getWidth(); x++) {
      for (int y = 0; y < picture.getHeight(); y++) {
        count += (picture.getRGB(x, y) & 0xFFFFFF) == colour ? 1 : 0;
      }
    }
    return count;
  }

  private static byte[] tile(int colour) {
    BufferedImage image = new BufferedImage(256, 256, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 256 * 256; i++) {
      image.setRGB(i % 256, i / 256, colour);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static String lines(String... lines) {
    return String.join("\n", lines);
  }
}
