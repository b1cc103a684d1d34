package org.longwire.plugins.drawing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.plugins.api.Drawing;
import org.longwire.plugins.api.MapView;
import org.longwire.radio.GeoPoint;

class MapPictureTest {
  private static final GeoPoint EQUATOR = new GeoPoint(0, 0);
  private static final int SEA = 0xA0C8F0;
  private static final String OWNER = "© OpenStreetMap contributors";

  @TempDir
  private Path directory;

  @Test
  void everyMarkerIsAtItsPlaceInItsColour() throws Exception {
    // At zoom 0 a degree of the equator is 256/360 pixels; the window is four worlds wide at most.
    MapView view = new MapView(EQUATOR, 2, 800, 600);
    BufferedImage image = draw(new Drawing.Map(
        view,
        List.of(
            marker(0, 0, "", Drawing.Colour.GREEN),
            marker(0, 90, "", Drawing.Colour.BLUE),
            marker(0, -45, "", Drawing.Colour.RED),
            marker(66.51326, 0, "", Drawing.Colour.GREY)),
        List.of(),
        ""));

    assertEquals(800, image.getWidth());
    assertEquals(600, image.getHeight());
    assertEquals(Drawing.Colour.GREEN.rgb(), Pictures.colour(image, 400, 300));
    assertEquals(Drawing.Colour.BLUE.rgb(), Pictures.colour(image, 400 + 256, 300));
    assertEquals(Drawing.Colour.RED.rgb(), Pictures.colour(image, 400 - 128, 300));
    // Where a quarter of the world's height is.
    assertEquals(Drawing.Colour.GREY.rgb(), Pictures.colour(image, 400, 300 - 256));
  }

  @Test
  void theFirstMarkerLiesOnTop() throws Exception {
    BufferedImage image = draw(new Drawing.Map(
        new MapView(EQUATOR, 10, 300, 300),
        List.of(marker(0, 0, "", Drawing.Colour.BLUE), marker(0, 0, "", Drawing.Colour.RED)),
        List.of(),
        ""));

    assertEquals(Drawing.Colour.BLUE.rgb(), Pictures.colour(image, 150, 150));
  }

  @Test
  void aCircleOfPrecisionIsToScale() throws Exception {
    // 40,075,017 m round the earth are 256 × 2^10 pixels: 152.87 m each, so 100 pixels.
    BufferedImage image = draw(new Drawing.Map(
        new MapView(EQUATOR, 10, 400, 400),
        List.of(new Drawing.Map.Marker(EQUATOR, "", OptionalInt.of(15_287), Drawing.Colour.RED)),
        List.of(),
        ""));

    for (int[] way : List.of(new int[] {1, 0}, new int[] {0, 1}, new int[] {0, -1})) {
      assertEquals(100, reach(image, way[0], way[1]), 1.5);
    }
  }

  @Test
  void namesStandBesideTheirMarkersAndCoverNoOther() throws Exception {
    MapView view = new MapView(EQUATOR, 10, 400, 400);
    Drawing.Map.Marker plain = marker(0, 0, "", Drawing.Colour.GREEN);
    Drawing.Map.Marker named = marker(0, 0, "KT1", Drawing.Colour.GREEN);
    GeoPoint right = view.point(new MapView.Pixel(222, 200));
    Drawing.Map.Marker neighbour =
        new Drawing.Map.Marker(right, "", OptionalInt.empty(), Drawing.Colour.BLUE);

    BufferedImage none = draw(new Drawing.Map(view, List.of(plain), List.of(), ""));
    BufferedImage one = draw(new Drawing.Map(view, List.of(named), List.of(), ""));
    BufferedImage two = draw(new Drawing.Map(view, List.of(named, neighbour), List.of(), ""));

    assertEquals(0, ink(none, 208, 240));
    assertTrue(ink(one, 208, 240) > 20);
    assertEquals(0, ink(one, 160, 192));
    assertTrue(ink(two, 160, 192) > 20);
    assertEquals(Drawing.Colour.BLUE.rgb(), Pictures.colour(two, 222, 200));
  }

  @Test
  void tilesLieBelowAndTheirOwnerIsNamed() throws Exception {
    MapView view = new MapView(EQUATOR, 3, 600, 400);

    BufferedImage plain = draw(new Drawing.Map(view, List.of(), List.of(), OWNER));
    BufferedImage image = draw(new Drawing.Map(view, List.of(), tiles(view, 256), OWNER));

    assertEquals(SEA, Pictures.colour(image, 300, 100));
    assertEquals(SEA, Pictures.colour(image, 1, 1));
    assertNotEquals(SEA, Pictures.colour(plain, 300, 100));
    assertTrue(ink(image, 480, 595, 384, 399) > 100);
    assertEquals(0, ink(plain, 480, 595, 384, 399));
  }

  @Test
  void finerTilesAreMadeToFitAndLargerPicturesAreNone() throws Exception {
    MapView view = new MapView(EQUATOR, 3, 600, 400);

    BufferedImage fine = draw(new Drawing.Map(view, List.of(), tiles(view, 512), OWNER));
    BufferedImage large = draw(new Drawing.Map(view, List.of(), tiles(view, 513), OWNER));

    assertEquals(SEA, Pictures.colour(fine, 1, 1));
    assertEquals(SEA, Pictures.colour(fine, 300, 100));
    assertNotEquals(SEA, Pictures.colour(large, 300, 100));
    assertEquals(0, ink(large, 480, 595, 384, 399));
  }

  @Test
  void whereATileIsMissingThereIsTheGridWithDegrees() throws Exception {
    MapView view = new MapView(EQUATOR, 3, 600, 400);
    List<Drawing.Map.Tile> some = new ArrayList<>(tiles(view, 256));
    Drawing.Map.Tile missing = some.remove(0);
    some.add(new Drawing.Map.Tile(missing.address(), "<html>".getBytes("US-ASCII")));

    BufferedImage plain = draw(new Drawing.Map(view, List.of(), List.of(), OWNER));
    BufferedImage image = draw(new Drawing.Map(view, List.of(), some, OWNER));

    MapView.Pixel corner = view.corner(missing.address());
    int right = (int) corner.x() + 255;
    int low = (int) corner.y() + 255;
    Set<Integer> colours = new HashSet<>();
    for (int y = 0; y < low; y++) {
      for (int x = 0; x < right; x++) {
        assertEquals(plain.getRGB(x, y), image.getRGB(x, y));
        colours.add(plain.getRGB(x, y));
      }
    }
    assertTrue(colours.size() > 2, "a grid has land, lines and words");
  }

  @Test
  void theScaleBarIsAsLongAsItSays() throws Exception {
    // 160 pixels of 152.87 m are 24.5 km, so it says 20 km, which are 130.8 pixels.
    BufferedImage image =
        draw(new Drawing.Map(new MapView(EQUATOR, 10, 400, 400), List.of(), List.of(), ""));

    int row = 400 - 8 - 36 + 19;
    int length = 0;
    for (int x = 0; x < 200; x++) {
      length += Pictures.colour(image, x, row) == 0x212121 ? 1 : 0;
    }
    assertEquals(131, length);
  }

  @Test
  void equalDrawingsGiveEqualPicturesOfAFewKilobytes() throws Exception {
    Drawing.Map map = new Drawing.Map(
        new MapView(new GeoPoint(46.95, 7.44), 12, 800, 600),
        List.of(new Drawing.Map.Marker(
            new GeoPoint(46.95, 7.44), "Gurten", OptionalInt.of(1_400), Drawing.Colour.GREEN)),
        List.of(),
        "");
    DrawingProcess process = new DrawingProcess(directory);

    byte[] once = process.draw(map).content();

    assertArrayEquals(once, process.draw(map).content());
    assertTrue(once.length < 20_000, once.length + " bytes");
  }

  private BufferedImage draw(Drawing.Map map) throws Exception {
    return Pictures.decoded(new DrawingProcess(directory).draw(map));
  }

  private static Drawing.Map.Marker marker(
      double latitude, double longitude, String label, Drawing.Colour colour) {
    return new Drawing.Map.Marker(
        new GeoPoint(latitude, longitude), label, OptionalInt.empty(), colour);
  }

  private static List<Drawing.Map.Tile> tiles(MapView view, int side) throws Exception {
    byte[] content = Pictures.tile(SEA, side);
    return view.tiles().stream()
        .map(address -> new Drawing.Map.Tile(address, content))
        .toList();
  }

  /** How far from the middle of a picture of 400 pixels the last red pixel is. */
  private static int reach(BufferedImage image, int wayX, int wayY) {
    int last = 0;
    for (int i = 20; i < 150; i++) {
      if (Pictures.isLike(
          Pictures.colour(image, 200 + i * wayX, 200 + i * wayY), Drawing.Colour.RED.rgb())) {
        last = i;
      }
    }
    return last;
  }

  /** Dark pixels beside the middle of a picture of 400 pixels. */
  private static int ink(BufferedImage image, int left, int right) {
    return ink(image, left, right, 190, 210);
  }

  private static int ink(BufferedImage image, int left, int right, int top, int bottom) {
    int count = 0;
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        count += Pictures.isLike(Pictures.colour(image, x, y), 0x212121) ? 1 : 0;
      }
    }
    return count;
  }
}
