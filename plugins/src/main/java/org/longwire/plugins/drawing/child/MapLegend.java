package org.longwire.plugins.drawing.child;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Polygon;
import org.longwire.plugins.api.MapView;

/** What is to be known of a map, on white in its corners. */
final class MapLegend {
  private static final Color PAPER = new Color(255, 255, 255, 215);
  private static final Color INK = new Color(0x212121);
  private static final int LINE = 18;
  private static final int EDGE = 8;

  /** Pixels of the scale bar, at most. */
  private static final int SCALE = 160;

  private final MapView view;
  private final Graphics2D graphics;

  MapLegend(MapView view, Graphics2D graphics) {
    this.view = view;
    this.graphics = graphics;
  }

  /** A bar whose length on the earth is a round number: it is true for the middle of the map. */
  void paintScale() {
    double perPixel = view.metresPerPixel(view.centre().latitude());
    long metres = round((long) (SCALE * perPixel));
    int length = (int) Math.round(metres / perPixel);
    int y = view.height() - EDGE - 2 * LINE;
    String words = metres >= 1000 ? metres / 1000 + " km" : metres + " m";
    graphics.setFont(Lettering.plain(12));
    paper(EDGE, y, Math.max(length, graphics.getFontMetrics().stringWidth(words)) + 12, LINE + 6);
    graphics.setColor(INK);
    graphics.drawString(words, EDGE + 6, y + 13);
    graphics.fillRect(EDGE + 6, y + LINE, length, 3);
  }

  /** The largest 1, 2 or 5 with zeros that is no more than this. */
  private static long round(long metres) {
    long power = 1;
    while (power * 10 <= metres) {
      power *= 10;
    }
    long first = Math.max(1, metres / power);
    return power * (first >= 5 ? 5 : first >= 2 ? 2 : 1);
  }

  void paintNorth() {
    int x = view.width() - EDGE - 14;
    int y = EDGE;
    paper(x - 12, y, 24, 40);
    graphics.setColor(INK);
    graphics.fill(
        new Polygon(new int[] {x, x + 7, x, x - 7}, new int[] {y + 3, y + 21, y + 16, y + 21}, 4));
    graphics.setFont(Lettering.bold(12));
    graphics.drawString("N", x - graphics.getFontMetrics().stringWidth("N") / 2, y + 36);
  }

  void paintAttribution(String words) {
    graphics.setFont(Lettering.plain(11));
    String shown = Lettering.shown(words, graphics.getFont());
    int width = graphics.getFontMetrics().stringWidth(shown);
    paper(view.width() - width - 10, view.height() - LINE, width + 10, LINE);
    graphics.setColor(INK);
    graphics.drawString(shown, view.width() - width - 5, view.height() - 5);
  }

  private void paper(int x, int y, int width, int height) {
    graphics.setStroke(new BasicStroke(1));
    graphics.setColor(PAPER);
    graphics.fillRect(x, y, width, height);
  }
}
