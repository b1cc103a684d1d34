package org.longwire.plugins.drawing.child;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.longwire.plugins.api.MapView;

/**
 * Names beside markers, where they cover nothing; where there is no such place there is no name.
 */
final class MapLabels {
  private static final Color INK = new Color(0x212121);

  private final Rectangle window;
  private final Graphics2D graphics;
  private final Font font;
  private final FontMetrics metrics;
  private final List<Rectangle> taken = new ArrayList<>();

  MapLabels(MapView view, Graphics2D graphics, Font font) {
    this.window = new Rectangle(view.width(), view.height());
    this.graphics = graphics;
    this.font = font;
    this.metrics = graphics.getFontMetrics(font);
  }

  /** No label is to cover this. */
  void keepFree(MapView.Pixel at, int radius) {
    taken.add(new Rectangle((int) at.x() - radius, (int) at.y() - radius, 2 * radius, 2 * radius));
  }

  void paint(String words, MapView.Pixel at, int distance) {
    if (words.isEmpty()) {
      return;
    }
    int x = (int) at.x();
    int y = (int) at.y();
    int width = metrics.stringWidth(words);
    int height = metrics.getAscent() + metrics.getDescent();
    Stream.of(
            new Rectangle(x + distance, y - height / 2, width, height),
            new Rectangle(x - distance - width, y - height / 2, width, height),
            new Rectangle(x - width / 2, y - distance - height, width, height),
            new Rectangle(x - width / 2, y + distance, width, height))
        .filter(window::contains)
        .filter(place -> taken.stream().noneMatch(place::intersects))
        .findFirst()
        .ifPresent(place -> write(words, place));
  }

  private void write(String words, Rectangle place) {
    taken.add(place);
    Shape outline = font.createGlyphVector(graphics.getFontRenderContext(), words)
        .getOutline(place.x, place.y + metrics.getAscent());
    graphics.setStroke(new BasicStroke(3, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    graphics.setColor(Color.WHITE);
    graphics.draw(outline);
    graphics.setColor(INK);
    graphics.fill(outline);
  }
}
