package org.longwire.plugins.drawing.child;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;
import org.longwire.plugins.api.Drawing;
import org.longwire.plugins.api.MapView;

/** Paints a map. */
final class MapPainter {
  private static final Color LAND = new Color(0xF4F1EA);
  private static final int CIRCLE_FILL = 0x22000000;
  private static final int RADIUS = 6;

  /** Pixels of a tile's side: servers for fine screens have them twice as fine. */
  private static final int MAX_TILE = 2 * MapView.TILE;

  private final Drawing.Map map;
  private final MapView view;
  private final Graphics2D graphics;

  MapPainter(Drawing.Map map, Graphics2D graphics) {
    this.map = map;
    this.view = map.view();
    this.graphics = graphics;
  }

  void paint() {
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(LAND);
    graphics.fillRect(0, 0, view.width(), view.height());
    List<Drawing.Map.Marker> below = IntStream.rangeClosed(1, map.markers().size())
        .mapToObj(i -> map.markers().get(map.markers().size() - i))
        .toList();
    new MapGrid(view, graphics).paint();
    boolean hasTiles = paintTiles();
    below.forEach(this::paintCircle);
    below.forEach(this::paintMarker);
    MapLegend legend = new MapLegend(view, graphics);
    legend.paintScale();
    legend.paintNorth();
    if (hasTiles) {
      legend.paintAttribution(map.attribution());
    }
    paintLabels();
  }

  private boolean paintTiles() {
    boolean any = false;
    for (Drawing.Map.Tile tile : map.tiles()) {
      BufferedImage image = decoded(tile.content());
      if (image != null && tile.address().zoom() == view.zoom()) {
        MapView.Pixel corner = view.corner(tile.address());
        graphics.drawImage(
            image, (int) corner.x(), (int) corner.y(), MapView.TILE, MapView.TILE, null);
        any = true;
      }
    }
    return any;
  }

  /** A stranger's bytes: what is no picture, or too large for a tile, is a missing tile. */
  private static @Nullable BufferedImage decoded(byte[] content) {
    ImageIO.setUseCache(false);
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(content))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        return null;
      }
      ImageReader reader = readers.next();
      reader.setInput(in);
      boolean isTile = reader.getWidth(0) <= MAX_TILE && reader.getHeight(0) <= MAX_TILE;
      return isTile ? reader.read(0) : null;
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  private void paintCircle(Drawing.Map.Marker marker) {
    if (marker.radiusMetres().isEmpty()) {
      return;
    }
    double radius =
        marker.radiusMetres().getAsInt() / view.metresPerPixel(marker.point().latitude());
    if (radius <= RADIUS) {
      return;
    }
    Ellipse2D circle = around(view.pixel(marker.point()), radius);
    graphics.setColor(new Color(CIRCLE_FILL | marker.colour().rgb(), true));
    graphics.fill(circle);
    graphics.setColor(new Color(marker.colour().rgb()));
    graphics.setStroke(new BasicStroke(1.5f));
    graphics.draw(circle);
  }

  private void paintMarker(Drawing.Map.Marker marker) {
    MapView.Pixel at = view.pixel(marker.point());
    graphics.setColor(Color.WHITE);
    graphics.fill(around(at, RADIUS + 2));
    graphics.setColor(new Color(marker.colour().rgb()));
    graphics.fill(around(at, RADIUS));
  }

  private static Ellipse2D around(MapView.Pixel at, double radius) {
    return new Ellipse2D.Double(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius);
  }

  private void paintLabels() {
    Font font = Lettering.bold(12);
    MapLabels labels = new MapLabels(view, graphics, font);
    map.markers().forEach(marker -> labels.keepFree(view.pixel(marker.point()), RADIUS + 1));
    for (Drawing.Map.Marker marker : map.markers()) {
      labels.paint(Lettering.shown(marker.label(), font), view.pixel(marker.point()), RADIUS + 4);
    }
  }
}
