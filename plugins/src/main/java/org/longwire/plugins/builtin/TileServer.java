package org.longwire.plugins.builtin;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.longwire.plugins.api.Drawing;
import org.longwire.plugins.api.MapView;
import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.Web;

/**
 * Tiles of a server that others pay for: at most two a second, a few for a map, and the rest of it
 * minute by minute. What was fetched once is kept.
 */
final class TileServer {
  /** Tiles fetched at one go: at two a second these are three seconds. */
  static final int AT_ONCE = 6;

  static final Duration APART = Duration.ofMillis(500);

  /** Tiles that wait to be fetched; what is wanted beyond is asked for with the next map. */
  static final int WAITING = 128;

  private static final int MAX_BYTES = 256 * 1024;
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G'};
  private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};
  private static final Pattern SECURE = Pattern.compile("https://[^/]+/.*");

  /** In one's own network nobody listens, and certificates are rare. */
  private static final Pattern AT_HOME =
      Pattern.compile("http://(localhost|[0-9.]+|\\[[0-9a-f:]+])(:\\d+)?/.*");

  private final String template;
  private final TileCache cache;
  private final PluginContext context;
  private final Pause pause;
  private final Set<MapView.TileAddress> waiting = new LinkedHashSet<>();

  TileServer(String template, TileCache cache, PluginContext context, Pause pause) {
    this.template = template;
    this.cache = cache;
    this.context = context;
    this.pause = pause;
  }

  /** What is wrong with a template, as a sentence. */
  static Optional<String> complaint(String template) {
    if (!SECURE.matcher(template).matches() && !AT_HOME.matcher(template).matches()) {
      return Optional.of("tiles begins with https://; http:// is for an address at home");
    }
    boolean isWhole =
        template.contains("{z}") && template.contains("{x}") && template.contains("{y}");
    return isWhole
        ? Optional.empty()
        : Optional.of("tiles has {z}, {x} and {y} where zoom and place belong,"
            + " as in https://tile.example.org/{z}/{x}/{y}.png");
  }

  /** The tiles of a map as far as they are there, after some that are not were fetched. */
  List<Drawing.Map.Tile> tiles(MapView view) throws PluginException, InterruptedException {
    try {
      Instant now = context.clock().instant();
      for (MapView.TileAddress tile : view.tiles()) {
        if (waiting.size() < WAITING && !cache.isFresh(tile, now)) {
          waiting.add(tile);
        }
      }
      fetch();
      List<Drawing.Map.Tile> tiles = new ArrayList<>();
      for (MapView.TileAddress tile : view.tiles()) {
        cache.get(tile).ifPresent(content -> tiles.add(new Drawing.Map.Tile(tile, content)));
      }
      return tiles;
    } catch (IOException e) {
      throw new PluginException.Unavailable("map tiles cannot be kept: " + e.getMessage());
    }
  }

  /** How many tiles are still to be fetched. */
  int waiting() {
    return waiting.size();
  }

  /** Fetches some that wait; a server that fails is left alone until the next map. */
  void fetch() throws IOException, InterruptedException {
    int count = 0;
    while (count < AT_ONCE && !waiting.isEmpty()) {
      if (count > 0) {
        pause.pause(APART);
      }
      MapView.TileAddress tile = waiting.iterator().next();
      Optional<byte[]> content = ask(tile);
      if (content.isEmpty()) {
        waiting.clear();
        return;
      }
      waiting.remove(tile);
      if (isPicture(content.get())) {
        cache.put(tile, content.get(), context.clock().instant());
      }
      count++;
    }
  }

  /** Empty if the server is away; content of no picture if it has no such tile. */
  private Optional<byte[]> ask(MapView.TileAddress tile) {
    try {
      Web.Page page = context.web().get(address(tile));
      context.count("tiles fetched", 1);
      if (!page.isOk()) {
        context.log().debug("a map tile was answered with status " + page.status());
        return page.status() == 404 ? Optional.of(new byte[0]) : Optional.empty();
      }
      return Optional.of(page.content());
    } catch (PluginException e) {
      context.log().warn("a map tile was not fetched: " + e.getMessage());
      return Optional.empty();
    }
  }

  private URI address(MapView.TileAddress tile) {
    return URI.create(template
        .replace("{z}", Integer.toString(tile.zoom()))
        .replace("{x}", Integer.toString(tile.x()))
        .replace("{y}", Integer.toString(tile.y())));
  }

  private static boolean isPicture(byte[] content) {
    return content.length <= MAX_BYTES && (begins(content, PNG) || begins(content, JPEG));
  }

  private static boolean begins(byte[] content, byte[] with) {
    return content.length > with.length
        && Arrays.equals(content, 0, with.length, with, 0, with.length);
  }

  /** Waits between two requests. */
  @FunctionalInterface
  interface Pause {
    void pause(Duration time) throws InterruptedException;
  }
}
