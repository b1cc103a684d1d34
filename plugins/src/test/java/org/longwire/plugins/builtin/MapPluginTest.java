package org.longwire.plugins.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.Drawing;
import org.longwire.plugins.api.MapView;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.api.Setting;
import org.longwire.plugins.api.Settings;
import org.longwire.plugins.api.Web;
import org.longwire.radio.GeoPoint;

class MapPluginTest {
  private static final String TILES = "https://tile.example.org/{z}/{x}/{y}.png";
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};

  private final List<Duration> pauses = new ArrayList<>();
  private final MapPlugin plugin = new MapPlugin(pauses::add);
  private HandContext context;

  @BeforeEach
  void know(@TempDir Path directory) {
    context = new HandContext(directory);
    context.radios.add(Samples.radio());
    context.nodes.add(new NodeSample("!a1b2c3d4", "Ridge Hut", "RDGE")
        .heard(Samples.minutesAgo(5))
        .position(46.95, 7.45, Samples.minutesAgo(12))
        .precision(350)
        .info());
    context.nodes.add(new NodeSample("!11111111", "Base", "BASE")
        .heard(Samples.minutesAgo(1))
        .position(46.94, 7.40, Samples.minutesAgo(30))
        .info());
    context.nodes.add(new NodeSample("!b2c3d4e5", "Lake Boat", "BOAT")
        .heard(Samples.minutesAgo(300))
        .position(46.90, 7.50, Samples.minutesAgo(300))
        .info());
    context.nodes.add(new NodeSample("!c3d4e5f6", "Valley Farm", "FARM")
        .position(46.0, 7.0, Samples.NOON.minus(Duration.ofDays(8)))
        .info());
    context.nodes.add(new NodeSample("!d4e5f6a7", "Nowhere", "NOWH").info());
  }

  @Test
  void allNodesWithAPositionAreOnTheMap() throws Exception {
    PluginResult result = ask("");

    assertEquals("3 nodes with a position of the last 7 days", Samples.inRoom(result));
    Drawing.Map map = drawn();
    assertEquals(800, map.width());
    assertEquals(600, map.height());
    assertEquals(
        List.of(
            new Drawing.Map.Marker(
                new GeoPoint(46.95, 7.45), "Ridge Hut", OptionalInt.of(350), Drawing.Colour.GREEN),
            new Drawing.Map.Marker(
                new GeoPoint(46.94, 7.40), "Base", OptionalInt.empty(), Drawing.Colour.BLUE),
            new Drawing.Map.Marker(
                new GeoPoint(46.90, 7.50), "Lake Boat", OptionalInt.empty(), Drawing.Colour.GREY)),
        map.markers());
    for (Drawing.Map.Marker marker : map.markers()) {
      MapView.Pixel at = map.view().pixel(marker.point());
      assertTrue(at.x() > 40 && at.x() < 760 && at.y() > 40 && at.y() < 560, at.toString());
    }
    assertEquals(13, map.view().zoom());
    assertEquals(List.of(), map.tiles());
    assertEquals(List.of(), context.asked);
  }

  @Test
  void oneNodeIsInTheMiddleInRedWithTheOthersAround() throws Exception {
    PluginResult result = ask("Lake Boat");

    assertEquals("Lake Boat (BOAT), position of 07:00", Samples.inRoom(result));
    assertEquals(46.90, drawn().view().centre().latitude(), 1e-6);
    assertEquals(15, drawn().view().zoom());
    assertEquals("Lake Boat", drawn().markers().get(0).label());
    assertEquals(Drawing.Colour.RED, drawn().markers().get(0).colour());
    assertEquals(3, drawn().markers().size());
  }

  @Test
  void aNodeThatIsOnlyRoughlySomewhereIsShownWithItsWholeCircle() throws Exception {
    context.nodes.add(new NodeSample("!e5f6a7b8", "Rough", "ROUG")
        .position(46.95, 7.45, Samples.NOON)
        .precision(5_800)
        .info());

    ask("Rough");

    MapView view = drawn().view();
    double radius = 5_800 / view.metresPerPixel(46.95);
    assertTrue(radius <= 250 && radius > 125, "the circle has " + radius + " pixels");
  }

  @Test
  void zoomAndSizeAreTheAskers() throws Exception {
    ask("size=400,300 zoom=5");

    assertEquals(5, drawn().view().zoom());
    assertEquals(400, drawn().width());
    assertEquals(300, drawn().height());
  }

  @Test
  void whatCannotBeDrawnIsSaidInASentence() throws Exception {
    assertEquals("zoom= is 0 to 19", Samples.failure(ask("zoom=20")));
    assertEquals(
        "size= is width and height in pixels, 200 to 1600 each",
        Samples.failure(ask("size=5000,300")));
    assertEquals(
        "Nowhere has not told here where it is in the last 7 days", Samples.failure(ask("NOWH")));
    assertEquals(
        "Valley Farm has not told here where it is in the last 7 days",
        Samples.failure(ask("FARM")));
    assertEquals(
        "no node is called \"nobody\", or more than one: give its number, such as !a1b2c3d4",
        Samples.failure(ask("nobody")));
    context.drawingFault = Optional.of("this machine has no fonts to draw with");
    assertEquals("this machine has no fonts to draw with", Samples.failure(ask("")));
    context.nodes.clear();
    assertEquals(
        "no node has told here where it is in the last 7 days;"
            + " nodes do so when their position is switched on for the channel",
        Samples.failure(ask("")));
  }

  @Test
  void theMeshIsToldWhoIsNear() throws Exception {
    plugin.start(context);

    assertEquals(
        "Near you: Base 4.0 km west, Lake Boat 6.7 km south-east",
        Samples.onMesh(plugin.onCommand(Samples.onMesh("map", ""))));
    assertEquals(
        "Near you: Lake Boat 6.7 km south-east",
        Samples.onMesh(plugin.onCommand(Samples.onMesh("map", "BOAT"))));
    assertEquals(
        "Near the relay: Ridge Hut 4.0 km east, Lake Boat 8.8 km south-east",
        Samples.onMesh(plugin.onCommand(Samples.onMesh("map", "", Samples.id("!d4e5f6a7")))));
    assertEquals(List.of(), context.drawn);
    context.radios.clear();
    assertEquals(
        "nobody knows where you are: let your node send its position",
        Samples.failure(plugin.onCommand(Samples.onMesh("map", "", Samples.id("!d4e5f6a7")))));
  }

  @Test
  void tilesAreFetchedAFewAtATimeAndKept() throws Exception {
    serve();

    PluginResult first = ask("size=700,500 zoom=12");

    List<MapView.TileAddress> wanted = drawn().view().tiles();
    assertEquals(TileServer.AT_ONCE, drawn().tiles().size());
    assertEquals(TileServer.AT_ONCE, context.asked.size());
    assertEquals(List.of(Duration.ofMillis(500)), pauses.stream().distinct().toList());
    assertEquals(TileServer.AT_ONCE - 1, pauses.size());
    assertEquals("© somebody", drawn().attribution());
    assertEquals(
        "3 nodes with a position of the last 7 days; %d of %d map tiles are still missing,"
                .formatted(wanted.size() - 6, wanted.size())
            + " ask again in a few minutes",
        Samples.inRoom(first));

    plugin.onSchedule("fetch");
    PluginResult second = plugin.onCommand(Samples.inRoom("map", "size=700,500 zoom=12"));

    assertEquals("3 nodes with a position of the last 7 days", Samples.inRoom(second));
    assertEquals(wanted, drawn().tiles().stream().map(Drawing.Map.Tile::address).toList());
    assertEquals(wanted.size(), context.asked.size());
    assertEquals(wanted.size(), context.asked.stream().distinct().count());
  }

  @Test
  void aTileThatIsTooOldIsFetchedAgainAndShownMeanwhile() throws Exception {
    serve();
    ask("size=200,200 zoom=12");
    int before = context.asked.size();
    assertEquals(before, drawn().tiles().size());

    context.now = context.now.plus(Duration.ofDays(31));
    context.pages.clear();
    context.nodes.set(
        0,
        new NodeSample("!a1b2c3d4", "Ridge Hut", "RDGE")
            .position(46.95, 7.45, context.now)
            .info());
    context.nodes.set(
        2,
        new NodeSample("!b2c3d4e5", "Lake Boat", "BOAT")
            .position(46.90, 7.50, context.now)
            .info());
    context.nodes.set(
        1,
        new NodeSample("!11111111", "Base", "BASE")
            .position(46.94, 7.40, context.now)
            .info());
    ask("size=200,200 zoom=12");

    assertEquals(before, drawn().tiles().size());
    // The server is away: one question is enough to know.
    assertEquals(before + 1, context.asked.size());
  }

  @Test
  void aServerThatIsAwayLeavesTheGrid() throws Exception {
    context.settings.put("tiles", TILES);

    PluginResult result = ask("size=200,200 zoom=12");

    assertEquals(List.of(), drawn().tiles());
    assertTrue(Samples.inRoom(result).contains("map tiles are still missing"));
    assertEquals(
        List.of("warn: a map tile was not fetched: tile.example.org does not answer"),
        context.logged);
    plugin.onSchedule("fetch");
    assertEquals(1, context.asked.size());
  }

  @Test
  void whatIsNoPictureIsNotKept() throws Exception {
    serve();
    context.pages.replaceAll((address, page) ->
        new Web.Page(200, "text/html", "<html>pay first</html>".getBytes(StandardCharsets.UTF_8)));

    ask("size=200,200 zoom=12");

    assertEquals(List.of(), drawn().tiles());
  }

  @Test
  void ofTooManyTilesTheOldestGo(@TempDir Path directory) throws IOException {
    TileCache cache = new TileCache(directory, Duration.ofDays(30), 250);
    for (int i = 0; i < 4; i++) {
      cache.put(new MapView.TileAddress(3, i, 0), new byte[100], Samples.NOON.plusSeconds(60 - i));
    }

    assertEquals(List.of("3-0-0", "3-1-0"), filesOf(directory));
  }

  @Test
  void theConfigurationIsChecked() {
    assertEquals(List.of(), plugin.check(settings(Map.of())));
    assertEquals(
        List.of(), plugin.check(settings(Map.of("tiles", TILES, "attribution", "© somebody"))));
    assertEquals(
        List.of(),
        plugin.check(settings(
            Map.of("tiles", "http://192.168.1.4:8080/{z}/{x}/{y}", "attribution", "mine"))));
    assertEquals(
        List.of("attribution is needed where tiles is set: say whose map it is,"
            + " such as \"© OpenStreetMap contributors\""),
        plugin.check(settings(Map.of("tiles", TILES))));
    assertEquals(
        List.of("tiles begins with https://; http:// is for an address at home"),
        plugin.check(settings(
            Map.of("tiles", "http://tile.example.org/{z}/{x}/{y}", "attribution", "mine"))));
    assertEquals(
        List.of("tiles has {z}, {x} and {y} where zoom and place belong,"
            + " as in https://tile.example.org/{z}/{x}/{y}.png"),
        plugin.check(
            settings(Map.of("tiles", "https://tile.example.org/{z}/{x}", "attribution", "mine"))));
  }

  @Test
  void onlyWhoHasTilesIsWokenForThem() {
    assertEquals(List.of(), plugin.schedules(settings(Map.of())));
    assertEquals(1, plugin.schedules(settings(Map.of("tiles", TILES))).size());
  }

  private PluginResult ask(String args) throws Exception {
    plugin.start(context);
    CommandCall call = Samples.inRoom("map", args, Command.Role.EVERYONE);
    return plugin.onCommand(call);
  }

  private Drawing.Map drawn() {
    return (Drawing.Map) context.drawn.get(context.drawn.size() - 1);
  }

  /** A server that has all tiles of zoom 12 around here. */
  private void serve() {
    context.settings.put("tiles", TILES);
    context.settings.put("attribution", "© somebody");
    for (int x = 2120; x < 2145; x++) {
      for (int y = 1430; y < 1455; y++) {
        URI address = URI.create("https://tile.example.org/12/%d/%d.png".formatted(x, y));
        context.pages.put(address.toString(), new Web.Page(200, "image/png", PNG));
      }
    }
  }

  private static Settings settings(Map<String, Object> values) {
    return new Settings() {
      @Override
      @SuppressWarnings("unchecked")
      public <T> T get(Setting<T> setting) {
        return (T) values.getOrDefault(setting.name(), setting.standard());
      }
    };
  }

  private static List<String> filesOf(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
