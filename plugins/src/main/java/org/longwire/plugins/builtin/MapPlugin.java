package org.longwire.plugins.builtin;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.longwire.plugins.api.Answer;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.Drawing;
import org.longwire.plugins.api.Located;
import org.longwire.plugins.api.MapView;
import org.longwire.plugins.api.NodeInfo;
import org.longwire.plugins.api.Nodes;
import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.api.RadioInfo;
import org.longwire.plugins.api.Schedule;
import org.longwire.plugins.api.Setting;
import org.longwire.plugins.api.Settings;
import org.longwire.radio.GeoPoint;
import org.longwire.radio.NodeId;

/** Draws where nodes are; on the mesh, where pictures do not go, it says which are near. */
public final class MapPlugin implements BuiltIn {
  static final Setting<Duration> MAX_AGE = Setting.time(
      "max-age",
      Duration.ofDays(7),
      Duration.ofMinutes(10),
      Duration.ofDays(365),
      "how old a position may be that is shown");
  static final Setting<String> TILES = Setting.text(
      "tiles",
      "",
      "the address of map tiles, such as https://tile.example.org/{z}/{x}/{y}.png; a plain grid if"
          + " empty");
  static final Setting<String> ATTRIBUTION = Setting.text(
      "attribution", "", "whose tiles they are, as their owner wants it to be said on the map");
  static final Setting<Duration> TILE_AGE = Setting.time(
      "tile-age",
      Duration.ofDays(30),
      Duration.ofDays(7),
      Duration.ofDays(365),
      "how long a tile is kept before it is fetched again");
  static final Setting<Integer> TILE_MEGABYTES =
      Setting.whole("tile-megabytes", 50, 1, 2_000, "how much room tiles may take on the disk");

  private static final String FETCH = "fetch";

  /** For places that are close together, or one alone. */
  private static final int NEAREST = 15;

  private static final int LABEL_BYTES = 24;

  /** A node that was heard within it is drawn in green, others in grey. */
  private static final Duration FRESH = Duration.ofHours(2);

  private static final int KILO = 1024;

  /** Of latitude, everywhere on the earth. */
  private static final double METRES_PER_DEGREE = 111_195;

  private final TileServer.Pause pause;
  private PluginContext context;
  private Optional<TileServer> tiles = Optional.empty();

  public MapPlugin() {
    this(time -> Thread.sleep(time.toMillis()));
  }

  MapPlugin(TileServer.Pause pause) {
    this.pause = pause;
  }

  @Override
  public String id() {
    return "map";
  }

  @Override
  public String description() {
    return "draws where nodes are";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(MAX_AGE, TILES, ATTRIBUTION, TILE_AGE, TILE_MEGABYTES);
  }

  @Override
  public List<String> check(Settings settings) {
    List<String> wrong = new ArrayList<>();
    String template = settings.get(TILES);
    if (!template.isEmpty()) {
      TileServer.complaint(template).ifPresent(wrong::add);
      if (settings.get(ATTRIBUTION).isBlank()) {
        wrong.add("attribution is needed where tiles is set: say whose map it is,"
            + " such as \"© OpenStreetMap contributors\"");
      }
    }
    return wrong;
  }

  @Override
  public List<Command> commands() {
    return List.of(Command.of("map", "[zoom=N] [size=W,H] [node]", "shows where nodes are"));
  }

  @Override
  public List<Schedule> schedules(Settings settings) {
    return settings.get(TILES).isEmpty()
        ? List.of()
        : List.of(new Schedule.Every(FETCH, Duration.ofMinutes(1)));
  }

  @Override
  public void start(PluginContext lent) {
    context = lent;
    Settings settings = lent.settings();
    String template = settings.get(TILES);
    if (!template.isEmpty()) {
      TileCache cache = new TileCache(
          lent.dataDirectory().resolve("tiles-%08x".formatted(template.hashCode())),
          settings.get(TILE_AGE),
          (long) settings.get(TILE_MEGABYTES) * KILO * KILO);
      tiles = Optional.of(new TileServer(template, cache, lent, pause));
    }
  }

  @Override
  public void onSchedule(String schedule) throws IOException, InterruptedException {
    if (tiles.isPresent()) {
      tiles.get().fetch();
    }
  }

  @Override
  public PluginResult onCommand(CommandCall call) throws PluginException, InterruptedException {
    try {
      return answer(MapRequest.of(call.args()), call);
    } catch (PluginException.Refused | PluginException.Unavailable e) {
      return PluginResult.failed(e.getMessage());
    }
  }

  private PluginResult answer(MapRequest request, CommandCall call)
      throws PluginException, InterruptedException {
    Instant oldest = context.clock().instant().minus(context.settings().get(MAX_AGE));
    Nodes nodes = context.nodes().at(call.place());
    List<NodeInfo> located = nodes.all().stream()
        .filter(node -> node.position().filter(at -> at.at().isAfter(oldest)).isPresent())
        .toList();
    Optional<NodeInfo> wanted = Optional.empty();
    if (request.node().isPresent()) {
      wanted = nodes.find(request.node().get());
      if (wanted.isEmpty()) {
        return PluginResult.failed(Brief.cut(NodeWords.unknown(request.node().get())));
      }
      if (!located.contains(wanted.get())) {
        return PluginResult.failed(Brief.cut("%s has not told here where it is in the last %s"
            .formatted(wanted.get().longName(), window())));
      }
    }
    if (located.isEmpty()) {
      return PluginResult.failed(
          "no node has told here where it is in the last %s; nodes do so when their position is switched"
                  .formatted(window())
              + " on for the channel");
    }
    return call instanceof CommandCall.FromMesh asker
        ? near(asker, located, wanted)
        : PluginResult.reply(map(request, located, wanted));
  }

  private String window() {
    return Times.span(context.settings().get(MAX_AGE));
  }

  private Answer map(MapRequest request, List<NodeInfo> located, Optional<NodeInfo> wanted)
      throws PluginException, InterruptedException {
    MapView view = view(request, wanted.map(List::of).orElse(located));
    List<Drawing.Map.Tile> shown = tiles.isPresent() ? tiles.get().tiles(view) : List.of();
    Drawing drawing = new Drawing.Map(
        view, markers(located, wanted), shown, context.settings().get(ATTRIBUTION));
    String text = wanted
        .map(node -> "%s, position of %s"
            .formatted(
                NodeWords.name(node),
                Times.of(context).at(node.position().orElseThrow().at())))
        .orElse("%d %s with a position of the last %s"
            .formatted(located.size(), located.size() == 1 ? "node" : "nodes", window()));
    int missing = (int) view.tiles().stream()
        .filter(tile -> shown.stream().noneMatch(other -> other.address().equals(tile)))
        .count();
    if (tiles.isPresent() && missing > 0) {
      text += "; %d of %d map tiles are still missing, ask again in a few minutes"
          .formatted(missing, view.tiles().size());
    }
    return Answer.of(text).with(context.draw(drawing));
  }

  private static MapView view(MapRequest request, List<NodeInfo> nodes) {
    List<GeoPoint> points = nodes.stream()
        .map(node -> node.position().orElseThrow())
        .flatMap(at -> extent(at).stream())
        .toList();
    MapView fit = MapView.fit(points, NEAREST, request.width(), request.height());
    return new MapView(
        fit.centre(), request.zoom().orElse(fit.zoom()), request.width(), request.height());
  }

  /** Where a node may be: its place, and the ends of the circle around it. */
  private static List<GeoPoint> extent(Located at) {
    GeoPoint point = at.point();
    double north = at.precisionMetres().orElse(0) / METRES_PER_DEGREE;
    double east = north / Math.max(0.01, Math.cos(Math.toRadians(point.latitude())));
    double west = Math.max(-180, point.longitude() - east);
    return List.of(
        point,
        new GeoPoint(Math.min(90, point.latitude() + north), point.longitude()),
        new GeoPoint(Math.max(-90, point.latitude() - north), point.longitude()),
        new GeoPoint(point.latitude(), west),
        new GeoPoint(point.latitude(), Math.min(180, point.longitude() + east)));
  }

  private List<Drawing.Map.Marker> markers(List<NodeInfo> located, Optional<NodeInfo> wanted)
      throws PluginException {
    Set<NodeId> own = context.nodes().radios().stream()
        .flatMap(radio -> radio.node().stream())
        .collect(Collectors.toSet());
    return located.stream()
        .sorted(Comparator.comparing(node -> wanted.filter(node::equals).isEmpty()))
        .limit(Drawing.Map.MAX_MARKERS)
        .map(node -> new Drawing.Map.Marker(
            node.position().orElseThrow().point(),
            Brief.cut(node.longName(), LABEL_BYTES),
            node.position().orElseThrow().precisionMetres(),
            wanted.filter(node::equals).isPresent() ? Drawing.Colour.RED : colour(node, own)))
        .toList();
  }

  private Drawing.Colour colour(NodeInfo node, Set<NodeId> own) {
    if (own.contains(node.id())) {
      return Drawing.Colour.BLUE;
    }
    Instant fresh = context.clock().instant().minus(FRESH);
    return node.lastHeard().filter(heard -> heard.isAfter(fresh)).isPresent()
        ? Drawing.Colour.GREEN
        : Drawing.Colour.GREY;
  }

  /** From the asker's own place, else from that of the radio that heard the question. */
  private PluginResult near(
      CommandCall.FromMesh asker, List<NodeInfo> located, Optional<NodeInfo> wanted)
      throws PluginException {
    NodeId from = asker.event().packet().from();
    Optional<NodeId> radio = context.nodes().radios().stream()
        .filter(own -> own.id().equals(asker.radio()))
        .findFirst()
        .flatMap(RadioInfo::node);
    Optional<NodeInfo> self = byId(located, from);
    Optional<NodeInfo> middle = self.isPresent() ? self : radio.flatMap(id -> byId(located, id));
    if (middle.isEmpty()) {
      return PluginResult.failed("nobody knows where you are: let your node send its position");
    }
    GeoPoint here = middle.get().position().orElseThrow().point();
    List<String> items = wanted.map(List::of).orElse(located).stream()
        .filter(node -> !node.id().equals(middle.get().id()))
        .sorted(Comparator.comparingDouble(node -> distance(here, node).metres()))
        .map(node -> "%s %s %s"
            .formatted(
                Brief.cut(node.longName(), LABEL_BYTES),
                distance(here, node).words(),
                distance(here, node).wind()))
        .toList();
    String head = self.isPresent() ? "Near you: " : "Near the relay: ";
    return PluginResult.reply(items.isEmpty() ? head + "nobody" : Brief.list(head, items));
  }

  private static Optional<NodeInfo> byId(List<NodeInfo> nodes, NodeId id) {
    return nodes.stream().filter(node -> node.id().equals(id)).findFirst();
  }

  private static Distance distance(GeoPoint from, NodeInfo to) {
    return Distance.between(from, to.position().orElseThrow().point());
  }
}
