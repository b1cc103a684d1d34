package org.longwire.plugins.api;

import java.util.ArrayList;
import java.util.List;
import org.longwire.radio.GeoPoint;

/**
 * A window on the earth in Mercator's projection, as tile servers have it: at zoom 0 the world is
 * one tile of 256 × 256 pixels, and each zoom doubles it.
 *
 * @param centre what is in the middle; no nearer to a pole than 85°, where the projection ends
 * @param zoom 0 to 19
 * @param width in pixels
 * @param height in pixels
 */
public record MapView(GeoPoint centre, int zoom, int width, int height) {
  public static final int MAX_ZOOM = 19;

  /** Pixels of a tile's side. */
  public static final int TILE = 256;

  /** Pixels that stay free at each side, for labels. */
  private static final int MARGIN = 50;

  private static final double MAX_LATITUDE = 85.05112878;
  private static final double EARTH_METRES = 40_075_016.686;

  /** @throws IllegalArgumentException if there is no such zoom */
  public MapView {
    if (zoom < 0 || zoom > MAX_ZOOM) {
      throw new IllegalArgumentException("a zoom is 0 to " + MAX_ZOOM + ", not " + zoom);
    }
  }

  /** A tile of a tile server. */
  public record TileAddress(int zoom, int x, int y) {}

  /** A place in the window, in pixels from its left upper corner; it may be outside. */
  public record Pixel(double x, double y) {}

  /**
   * The window that holds all of these places, as near as they allow.
   *
   * @param points at least one
   * @param nearest the zoom for places that are close together, 0 to 19
   */
  public static MapView fit(List<GeoPoint> points, int nearest, int width, int height) {
    double west = west(points);
    double east = 0;
    double north = 1;
    double south = 0;
    for (GeoPoint point : points) {
      east = Math.max(east, eastOf(west, point));
      north = Math.min(north, worldY(point));
      south = Math.max(south, worldY(point));
    }
    GeoPoint centre = point(west + east / 2, (north + south) / 2);
    int zoom = nearest;
    while (zoom > 0
        && (east * side(zoom) > width - 2 * MARGIN
            || (south - north) * side(zoom) > height - 2 * MARGIN)) {
      zoom--;
    }
    return new MapView(centre, zoom, width, height);
  }

  /** Where a place is in the window; of the repeated worlds, in the one nearest to its middle. */
  public Pixel pixel(GeoPoint point) {
    double east = worldX(point) - worldX(centre);
    double x = (east - Math.rint(east)) * side(zoom);
    double y = (worldY(point) - worldY(centre)) * side(zoom);
    return new Pixel(x + width / 2.0, y + height / 2.0);
  }

  /** The place at a pixel; beyond the map's upper and lower end it is its end. */
  public GeoPoint point(Pixel pixel) {
    return point(
        worldX(centre) + (pixel.x - width / 2.0) / side(zoom),
        worldY(centre) + (pixel.y - height / 2.0) / side(zoom));
  }

  /** Metres that a pixel is long at this latitude. */
  public double metresPerPixel(double latitude) {
    return EARTH_METRES * Math.cos(Math.toRadians(latitude)) / side(zoom);
  }

  /** The tiles that show in the window, row by row. */
  public List<TileAddress> tiles() {
    int count = 1 << zoom;
    int firstX = (int) Math.floor(left() / TILE);
    int lastX = (int) Math.floor((left() + width - 1) / TILE);
    int firstY = Math.max(0, (int) Math.floor(top() / TILE));
    int lastY = Math.min(count - 1, (int) Math.floor((top() + height - 1) / TILE));
    List<TileAddress> tiles = new ArrayList<>();
    for (int y = firstY; y <= lastY; y++) {
      // A world that is narrower than the window is shown once.
      for (int x = firstX; x <= Math.min(lastX, firstX + count - 1); x++) {
        tiles.add(new TileAddress(zoom, Math.floorMod(x, count), y));
      }
    }
    return tiles;
  }

  /** Where a tile's left upper corner is. */
  public Pixel corner(TileAddress tile) {
    double worlds = Math.ceil((left() - (tile.x + 1.0) * TILE + 1) / side(zoom));
    return new Pixel(tile.x * TILE + worlds * side(zoom) - left(), tile.y * TILE - top());
  }

  private double left() {
    return Math.rint(worldX(centre) * side(zoom) - width / 2.0);
  }

  private double top() {
    return Math.rint(worldY(centre) * side(zoom) - height / 2.0);
  }

  /** The world's side in pixels. */
  private static double side(int zoom) {
    return (double) TILE * (1 << zoom);
  }

  /** From west to east, 0 to 1. */
  private static double worldX(GeoPoint point) {
    return (point.longitude() + 180) / 360;
  }

  /** From north to south, 0 to 1. */
  private static double worldY(GeoPoint point) {
    double latitude = Math.max(-MAX_LATITUDE, Math.min(MAX_LATITUDE, point.latitude()));
    double radians = Math.toRadians(latitude);
    double y = Math.log(Math.tan(radians) + 1 / Math.cos(radians)) / Math.PI;
    return Math.max(0, Math.min(1, (1 - y) / 2));
  }

  private static GeoPoint point(double worldX, double worldY) {
    double y = Math.PI * (1 - 2 * Math.max(0, Math.min(1, worldY)));
    double longitude = (worldX - Math.floor(worldX)) * 360 - 180;
    return new GeoPoint(Math.toDegrees(Math.atan(Math.sinh(y))), longitude);
  }

  /** The westernmost of the places: east of the widest stretch without any, round the earth. */
  private static double west(List<GeoPoint> points) {
    List<Double> all = points.stream().map(MapView::worldX).sorted().toList();
    double west = all.get(0);
    double widest = west + 1 - all.get(all.size() - 1);
    for (int i = 1; i < all.size(); i++) {
      double empty = all.get(i) - all.get(i - 1);
      if (empty > widest) {
        widest = empty;
        west = all.get(i);
      }
    }
    return west;
  }

  private static double eastOf(double west, GeoPoint point) {
    double east = worldX(point) - west;
    return east < 0 ? east + 1 : east;
  }
}
