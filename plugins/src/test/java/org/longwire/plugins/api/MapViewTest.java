package org.longwire.plugins.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.longwire.radio.GeoPoint;

class MapViewTest {
  private static final GeoPoint BERN = new GeoPoint(46.948, 7.4474);
  private static final GeoPoint BERLIN = new GeoPoint(52.52, 13.405);
  private static final GeoPoint SUVA = new GeoPoint(-18.1416, 178.4419);
  private static final GeoPoint APIA = new GeoPoint(-13.8333, -171.7667);

  @Test
  void tilesAreCountedAsTileServersDo() {
    MapView view = new MapView(BERLIN, 10, 1, 1);

    assertEquals(List.of(new MapView.TileAddress(10, 550, 335)), view.tiles());
  }

  @Test
  void theMiddleIsInTheMiddleAndADegreeIsAsLongAsTheZoomSays() {
    MapView view = new MapView(new GeoPoint(0, 0), 0, 256, 256);

    assertEquals(new MapView.Pixel(128, 128), view.pixel(new GeoPoint(0, 0)));
    assertEquals(192, view.pixel(new GeoPoint(0, 90)).x(), 1e-9);
    assertEquals(0, view.pixel(new GeoPoint(85.05112878, 0)).y(), 1e-6);
    // Of the formula that every tile server uses.
    assertEquals(88.4, view.pixel(new GeoPoint(48.6, 0)).y(), 0.1);
  }

  @Test
  void aPixelIsThePlaceThatHasThatPixel() {
    MapView view = new MapView(BERN, 12, 800, 600);

    GeoPoint point = view.point(new MapView.Pixel(17, 590));

    assertEquals(17, view.pixel(point).x(), 1e-6);
    assertEquals(590, view.pixel(point).y(), 1e-6);
  }

  @Test
  void aMetreIsAsLongAsOnTheEarth() {
    MapView view = new MapView(new GeoPoint(0, 0), 0, 256, 256);

    assertEquals(156_543, view.metresPerPixel(0), 1);
    assertEquals(78_271, view.metresPerPixel(60), 1);
  }

  @Test
  void allPlacesAreInTheWindowThatFitsThemAndNotOneZoomNearer() {
    MapView view = MapView.fit(List.of(BERN, BERLIN), 16, 800, 600);

    for (GeoPoint point : List.of(BERN, BERLIN)) {
      assertTrue(view.pixel(point).x() >= 50 && view.pixel(point).x() <= 750);
      assertTrue(view.pixel(point).y() >= 50 && view.pixel(point).y() <= 550);
    }
    MapView nearer = new MapView(view.centre(), view.zoom() + 1, 800, 600);
    assertTrue(nearer.pixel(BERN).x() < 50 || nearer.pixel(BERN).y() > 550);
  }

  @Test
  void onePlaceIsShownAtTheNearestZoom() {
    assertEquals(
        new MapView(BERN, 14, 800, 600).zoom(),
        MapView.fit(List.of(BERN), 14, 800, 600).zoom());
    assertEquals(46.948, MapView.fit(List.of(BERN), 14, 800, 600).centre().latitude(), 1e-9);
  }

  @Test
  void placesAtBothSidesOfTheDateLineAreNeighbours() {
    MapView view = MapView.fit(List.of(SUVA, APIA), 16, 800, 600);

    assertTrue(Math.abs(view.centre().longitude()) > 170);
    assertTrue(view.zoom() >= 5);
    assertTrue(view.pixel(SUVA).x() < view.pixel(APIA).x());
  }

  @Test
  void tilesCoverTheWindowAlsoAcrossTheDateLine() {
    MapView view = new MapView(new GeoPoint(0, 179.9), 5, 800, 600);

    List<MapView.TileAddress> tiles = view.tiles();

    assertTrue(tiles.contains(new MapView.TileAddress(5, 31, 15)));
    assertTrue(tiles.contains(new MapView.TileAddress(5, 0, 15)));
    MapView.Pixel west = view.corner(new MapView.TileAddress(5, 31, 15));
    MapView.Pixel east = view.corner(new MapView.TileAddress(5, 0, 15));
    assertEquals(256, east.x() - west.x());
    assertTrue(
        tiles.stream().map(view::corner).mapToDouble(MapView.Pixel::x).min().orElse(1) <= 0);
    assertTrue(
        tiles.stream().map(view::corner).mapToDouble(MapView.Pixel::x).max().orElse(0) >= 544);
  }

  @Test
  void thereIsNoTwentiethZoom() {
    assertThrows(IllegalArgumentException.class, () -> new MapView(BERN, 20, 800, 600));
  }
}
