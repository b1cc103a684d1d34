package org.longwire.plugins.drawing.child;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.longwire.plugins.api.Drawing;

/** Paints a chart: dark on white, so that it is read in a dark client and in a light one. */
final class ChartPainter {
  /** Told apart by those who see red and green alike, too; more lines take them again. */
  private static final int[] COLOURS = {
    0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0x7F3C8D, 0x5C5C5C, 0x8C564B,
    0xA0A000
  };

  private static final Color INK = new Color(0x212121);
  private static final Color GRID = new Color(0xDDDDDD);

  /** So much of the height is left free above and below the values. */
  private static final double AIR = 0.08;

  private final Drawing.Chart chart;

  ChartPainter(Drawing.Chart chart) {
    this.chart = chart;
  }

  void paint(Graphics2D graphics) {
    XYChart plot = new XYChart(chart.width(), chart.height());
    plot.setTitle(Lettering.shown(chart.title(), Lettering.bold(16)));
    plot.setYAxisTitle(chart.unit());
    style(plot.getStyler());
    int count = 0;
    for (Drawing.Chart.Line line : chart.lines()) {
      if (!line.points().isEmpty()) {
        add(plot, line, count);
      }
      count++;
    }
    plot.paint(graphics, chart.width(), chart.height());
  }

  private void style(XYStyler styler) {
    styler.setLocale(Locale.ENGLISH);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setChartFontColor(INK);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(1));
    styler.setPlotBorderColor(INK);
    styler.setChartTitleBoxVisible(false);
    styler.setChartTitleFont(Lettering.bold(16));
    styler.setAxisTickLabelsFont(Lettering.plain(12));
    styler.setAxisTitleFont(Lettering.plain(13));
    styler.setLegendFont(Lettering.plain(12));
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendVisible(chart.lines().size() > 1);
    styler.setLegendPosition(Styler.LegendPosition.OutsideE);
    styler.setXAxisTitleVisible(false);
    styler.setYAxisTitleVisible(!chart.unit().isEmpty());
    styler.setPlotContentSize(1);
    styler.setMarkerSize(5);
    styler.setTimezone(TimeZone.getTimeZone(chart.zone()));
    styler.setDatePattern(pattern());
    styler.setXAxisMin((double) chart.from().toEpochMilli());
    styler.setXAxisMax((double) chart.to().toEpochMilli());
    bound(styler);
  }

  private String pattern() {
    Duration window = Duration.between(chart.from(), chart.to());
    if (window.compareTo(Duration.ofHours(26)) <= 0) {
      return "HH:mm";
    }
    return window.compareTo(Duration.ofDays(4)) <= 0 ? "d MMM HH:mm" : "d MMM";
  }

  private void bound(XYStyler styler) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (Drawing.Chart.Line line : chart.lines()) {
      for (Drawing.Chart.Point point : line.points()) {
        least = Math.min(least, point.value());
        most = Math.max(most, point.value());
      }
    }
    if (least > most) {
      least = 0;
      most = 1;
    }
    double air = most > least ? (most - least) * AIR : Math.max(Math.abs(most) * AIR, AIR);
    styler.setYAxisMin(least - air);
    styler.setYAxisMax(most + air);
  }

  private void add(XYChart plot, Drawing.Chart.Line line, int number) {
    List<Date> times = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    Drawing.Chart.Point last = line.points().get(0);
    for (Drawing.Chart.Point point : line.points()) {
      if (Duration.between(last.at(), point.at()).compareTo(line.gap()) > 0) {
        // No number: the line is broken here.
        times.add(Date.from(last.at().plusMillis(1)));
        values.add(Double.NaN);
      }
      times.add(Date.from(point.at()));
      values.add(point.value());
      last = point;
    }
    XYSeries series = plot.addSeries(name(line, number), times, values);
    Color colour = new Color(COLOURS[number % COLOURS.length]);
    series.setLineColor(colour);
    series.setLineStyle(new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    series.setMarkerColor(colour);
    series.setMarker(SeriesMarkers.CIRCLE);
  }

  /** Two lines of one name need two names. */
  private String name(Drawing.Chart.Line line, int number) {
    String name = Lettering.shown(line.name(), Lettering.plain(12));
    long before = chart.lines().stream()
        .limit(number)
        .filter(other -> Lettering.shown(other.name(), Lettering.plain(12)).equals(name))
        .count();
    return before == 0 && !name.isEmpty() ? name : name + " (" + (number + 1) + ")";
  }
}
