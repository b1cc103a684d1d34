package org.longwire.plugins.drawing.child;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.Locale;
import org.longwire.plugins.api.MapView;
import org.longwire.radio.GeoPoint;

/** Lines of latitude and longitude, where there is nothing better. */
final class MapGrid {
  private static final Color LINE = new Color(0xCFC9BC);
  private static final Color INK = new Color(0x6B6558);

  /** Pixels between two lines, at least. */
  private static final int APART = 110;

  private static final double[] STEPS = {
    0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 45, 90
  };

  private final MapView view;
  private final Graphics2D graphics;

  MapGrid(MapView view, Graphics2D graphics) {
    this.view = view;
    this.graphics = graphics;
  }

  void paint() {
    graphics.setStroke(new BasicStroke(1));
    graphics.setFont(Lettering.plain(11));
    GeoPoint first = view.point(new MapView.Pixel(0, 0));
    GeoPoint last = view.point(new MapView.Pixel(view.width(), view.height()));
    double degreesPerPixel = 360.0 / (MapView.TILE * (double) (1 << view.zoom()));
    double east = first.longitude() + degreesPerPixel * view.width();
    double step = step(degreesPerPixel);
    for (long i = (long) Math.ceil(first.longitude() / step); i * step <= east; i++) {
      meridian(i * step);
    }
    double high = step((first.latitude() - last.latitude()) / view.height());
    for (long i = (long) Math.ceil(last.latitude() / high); i * high <= first.latitude(); i++) {
      parallel(i * high);
    }
  }

  private static double step(double degreesPerPixel) {
    for (double step : STEPS) {
      if (step >= APART * degreesPerPixel) {
        return step;
      }
    }
    return STEPS[STEPS.length - 1];
  }

  private void meridian(double longitude) {
    double around = longitude - 360 * Math.floor((longitude + 180) / 360);
    int x = (int)
        Math.round(view.pixel(new GeoPoint(view.centre().latitude(), around)).x());
    graphics.setColor(LINE);
    graphics.drawLine(x, 0, x, view.height());
    graphics.setColor(INK);
    graphics.drawString(degrees(around, "E", "W"), x + 3, view.height() - 5);
  }

  private void parallel(double latitude) {
    int y = (int)
        Math.round(view.pixel(new GeoPoint(latitude, view.centre().longitude())).y());
    graphics.setColor(LINE);
    graphics.drawLine(0, y, view.width(), y);
    graphics.setColor(INK);
    graphics.drawString(degrees(latitude, "N", "S"), 4, y - 3);
  }

  /** As in 46.95° N, without zeros at the end. */
  private static String degrees(double value, String positive, String negative) {
    String number = String.format(Locale.ROOT, "%.4f", Math.abs(value)).replaceAll("\\.?0+$", "");
    return number + "° " + (value < 0 ? negative : positive);
  }
}
