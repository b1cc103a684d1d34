package org.longwire.plugins.drawing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.plugins.api.Drawing;
import org.longwire.plugins.api.Picture;
import org.longwire.plugins.api.PluginException;

class ChartPictureTest {
  private static final Instant FROM = Instant.parse("2026-05-01T00:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int BLUE = 0x0072B2;
  private static final int ORANGE = 0xD55E00;

  @TempDir
  private Path directory;

  @Test
  void aPictureHasItsSizeAndIsWhiteAndSmall() throws Exception {
    Picture picture = draw(chart(line("KT1", 0, 24, 1)));

    BufferedImage image = Pictures.decoded(picture);
    assertEquals(800, image.getWidth());
    assertEquals(400, image.getHeight());
    assertEquals("graph.png", picture.name());
    assertEquals(0xFFFFFF, Pictures.colour(image, 2, 2));
    assertTrue(picture.content().length < 30_000, picture.content().length + " bytes");
  }

  @Test
  void pointsStandAtTheirTimesAndRiseWithTheirValues() throws Exception {
    // One at each end and one between, with nothing to join them.
    BufferedImage image = Pictures.decoded(draw(chart(new Drawing.Chart.Line(
        "KT1", List.of(point(0, 10), point(6, 30), point(24, 50)), Duration.ofMinutes(1)))));

    List<double[]> spots = spots(image, BLUE);

    assertEquals(3, spots.size());
    double wide = spots.get(2)[0] - spots.get(0)[0];
    assertTrue(wide > 600, "the plot is " + wide + " pixels wide");
    assertEquals(0.25, (spots.get(1)[0] - spots.get(0)[0]) / wide, 0.01);
    double high = spots.get(0)[1] - spots.get(2)[1];
    assertTrue(high > 200, "the line rises by " + high + " pixels");
    assertEquals(0.5, (spots.get(0)[1] - spots.get(1)[1]) / high, 0.02);
  }

  @Test
  void aLineIsBrokenWhereNothingWasMeasured() throws Exception {
    List<Drawing.Chart.Point> points = new ArrayList<>();
    points.addAll(line("", 0, 8, 1).points());
    points.addAll(line("", 16, 24, 1).points());
    BufferedImage image =
        Pictures.decoded(draw(chart(new Drawing.Chart.Line("KT1", points, HOUR.multipliedBy(3)))));
    List<double[]> joined = spots(image, BLUE);

    assertEquals(2, joined.size());
    int middle = image.getWidth() / 2;
    assertEquals(0, Pictures.countInColumn(image, middle, BLUE));
    assertTrue(Pictures.countInColumn(image, middle - 250, BLUE) > 0);
    assertTrue(Pictures.countInColumn(image, middle + 250, BLUE) > 0);
  }

  @Test
  void everyLineHasItsColourAndSeveralHaveALegend() throws Exception {
    BufferedImage one = Pictures.decoded(draw(chart(line("KT1", 0, 24, 1))));
    BufferedImage two = Pictures.decoded(draw(chart(line("KT1", 0, 24, 1), line("BSE", 0, 24, 3))));

    assertTrue(Pictures.countInColumn(two, 300, BLUE) > 0);
    assertTrue(Pictures.countInColumn(two, 300, ORANGE) > 0);
    assertEquals(0, Pictures.countInColumn(one, 300, ORANGE));
    // The legend takes its room at the right: the line of one goes on where that of two has ended.
    int end = lastColumn(one, BLUE);
    assertTrue(end > 770, "it ends at " + end);
    assertTrue(lastColumn(two, ORANGE) < 770);
  }

  @Test
  void hoursAreThoseOfTheZone() throws Exception {
    Drawing.Chart utc = chart(line("KT1", 0, 24, 1));
    Drawing.Chart there = new Drawing.Chart(
        utc.title(),
        utc.unit(),
        utc.from(),
        utc.to(),
        ZoneId.of("Asia/Kathmandu"),
        utc.lines(),
        utc.width(),
        utc.height());

    BufferedImage one = Pictures.decoded(draw(utc));
    BufferedImage other = Pictures.decoded(draw(there));

    assertEquals(0, differing(one, other, 40, 300));
    assertNotEquals(0, differing(one, other, 350, 400));
  }

  @Test
  void equalDrawingsGiveEqualPictures() throws Exception {
    Drawing.Chart chart = chart(line("KT1", 0, 24, 1), line("KT1", 3, 9, 2));

    assertArrayEquals(draw(chart).content(), draw(chart).content());
  }

  @Test
  void aChartOfNothingAndOneOfOneValueCanBeDrawn() throws Exception {
    assertEquals(0, spots(Pictures.decoded(draw(chart())), BLUE).size());
    Drawing.Chart.Line one = new Drawing.Chart.Line("📡", List.of(point(12, 0)), HOUR);
    assertEquals(1, spots(Pictures.decoded(draw(chart(one))), BLUE).size());
  }

  private Picture draw(Drawing.Chart chart) throws PluginException {
    return new DrawingProcess(directory).draw(chart);
  }

  private static Drawing.Chart chart(Drawing.Chart.Line... lines) {
    return new Drawing.Chart(
        "Battery",
        "%",
        FROM,
        FROM.plus(HOUR.multipliedBy(24)),
        ZoneOffset.UTC,
        List.of(lines),
        Drawing.Chart.WIDTH,
        Drawing.Chart.HEIGHT);
  }

  private static Drawing.Chart.Line line(String name, int first, int last, int slope) {
    List<Drawing.Chart.Point> points = new ArrayList<>();
    for (int hour = first; hour <= last; hour++) {
      points.add(point(hour, 20 + hour * slope));
    }
    return new Drawing.Chart.Line(name, points, HOUR.multipliedBy(3));
  }

  private static Drawing.Chart.Point point(int hour, double value) {
    return new Drawing.Chart.Point(FROM.plus(HOUR.multipliedBy(hour)), value);
  }

  private static int differing(BufferedImage one, BufferedImage other, int top, int bottom) {
    int count = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = 0; x < one.getWidth(); x++) {
        count += one.getRGB(x, y) == other.getRGB(x, y) ? 0 : 1;
      }
    }
    return count;
  }

  private static int lastColumn(BufferedImage image, int colour) {
    int x = image.getWidth() - 1;
    while (x > 0 && Pictures.countInColumn(image, x, colour) == 0) {
      x--;
    }
    return x;
  }

  /** The middles of the stretches of columns that hold a colour. */
  private static List<double[]> spots(BufferedImage image, int colour) {
    List<double[]> spots = new ArrayList<>();
    int count = 0;
    double sumX = 0;
    double sumY = 0;
    for (int x = 0; x < image.getWidth(); x++) {
      boolean any = false;
      for (int y = 0; y < image.getHeight(); y++) {
        if (Pictures.isLike(Pictures.colour(image, x, y), colour)) {
          any = true;
          count++;
          sumX += x;
          sumY += y;
        }
      }
      if (!any && count > 0) {
        spots.add(new double[] {sumX / count, sumY / count});
        count = 0;
        sumX = 0;
        sumY = 0;
      }
    }
    return spots;
  }
}
