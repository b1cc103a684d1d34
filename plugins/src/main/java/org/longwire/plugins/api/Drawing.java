package org.longwire.plugins.api;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.OptionalInt;
import org.longwire.radio.GeoPoint;

/**
 * A picture to be drawn, see {@link PluginContext#draw}. Words in it are plain text; characters
 * that the machine's fonts do not have are left out. Equal drawings give equal pictures on a
 * machine.
 */
public sealed interface Drawing {
  /** Pixels of a side, at least. */
  int MIN_SIDE = 200;

  /** Pixels of a side, at most. */
  int MAX_SIDE = 1_600;

  int width();

  int height();

  /**
   * Lines over time.
   *
   * @param unit of the values, such as {@code V}; perhaps empty
   * @param from its left edge
   * @param to its right edge, later than {@code from}
   * @param zone whose hours stand below it
   * @param lines at most {@link #MAX_LINES}; their names stand beside it if there are several
   */
  record Chart(
      String title,
      String unit,
      Instant from,
      Instant to,
      ZoneId zone,
      List<Line> lines,
      int width,
      int height)
      implements Drawing {
    public static final int MAX_LINES = 20;

    /** The usual size in pixels. */
    public static final int WIDTH = 800;

    public static final int HEIGHT = 400;

    /** @throws IllegalArgumentException if it is too large, or has no width in time */
    public Chart {
      lines = List.copyOf(lines);
      atMost(MAX_LINES, lines.size(), "lines");
      checkSize(width, height);
      if (!from.isBefore(to)) {
        throw new IllegalArgumentException("a chart ends after it begins");
      }
    }

    /**
     * What one node measured, say.
     *
     * @param points in the order of time, at most {@link #MAX_POINTS}
     * @param gap two points that are further apart are not joined
     */
    public record Line(String name, List<Point> points, Duration gap) {
      public static final int MAX_POINTS = 2_000;

      /** @throws IllegalArgumentException if there are too many points */
      public Line {
        points = List.copyOf(points);
        atMost(MAX_POINTS, points.size(), "points in a line");
      }
    }

    /** @param value finite */
    public record Point(Instant at, double value) {
      /** @throws IllegalArgumentException if the value is no number */
      public Point {
        if (!Double.isFinite(value)) {
          throw new IllegalArgumentException("a point has a finite value");
        }
      }
    }
  }

  /**
   * Places on a map.
   *
   * @param markers at most {@link #MAX_MARKERS}; the first are drawn last, on top, and get their
   *     labels first
   * @param tiles what lies below; where one is missing there is a plain grid with degrees
   * @param attribution whose tiles they are; shown whenever there are any
   */
  record Map(MapView view, List<Marker> markers, List<Tile> tiles, String attribution)
      implements Drawing {
    public static final int MAX_MARKERS = 500;
    public static final int MAX_TILES = 64;

    /** @throws IllegalArgumentException if there is too much of anything */
    public Map {
      markers = List.copyOf(markers);
      tiles = List.copyOf(tiles);
      atMost(MAX_MARKERS, markers.size(), "markers");
      atMost(MAX_TILES, tiles.size(), "tiles");
      checkSize(view.width(), view.height());
    }

    @Override
    public int width() {
      return view.width();
    }

    @Override
    public int height() {
      return view.height();
    }

    /** @param radiusMetres of a circle around it within which it really is */
    public record Marker(GeoPoint point, String label, OptionalInt radiusMetres, Colour colour) {}

    /**
     * @param content a PNG or JPEG of 256 × 256 or 512 × 512 pixels; what is neither counts as
     *     missing
     */
    public record Tile(MapView.TileAddress address, byte[] content) {}
  }

  /**
   * A colour.
   *
   * @param rgb as in {@code 0xFF0000}, which is red
   */
  record Colour(int rgb) {
    public static final Colour GREEN = new Colour(0x2E7D32);
    public static final Colour BLUE = new Colour(0x1565C0);
    public static final Colour GREY = new Colour(0x757575);
    public static final Colour RED = new Colour(0xC62828);
  }

  private static void checkSize(int width, int height) {
    if (Math.min(width, height) < MIN_SIDE || Math.max(width, height) > MAX_SIDE) {
      throw new IllegalArgumentException("a picture has %d to %d pixels a side, not %d × %d"
          .formatted(MIN_SIDE, MAX_SIDE, width, height));
    }
  }

  private static void atMost(int limit, int count, String what) {
    if (count > limit) {
      throw new IllegalArgumentException(
          "a drawing has at most %d %s, not %d".formatted(limit, what, count));
    }
  }
}
