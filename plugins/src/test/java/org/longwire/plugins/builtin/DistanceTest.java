package org.longwire.plugins.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.longwire.radio.GeoPoint;

class DistanceTest {
  private static final GeoPoint BERN = new GeoPoint(46.9481, 7.4474);

  @Test
  void itIsWhatMapsSay() {
    assertEquals("95 km north-east", words(BERN, new GeoPoint(47.3769, 8.5417)));
    assertEquals("95 km south-west", words(new GeoPoint(47.3769, 8.5417), BERN));
    assertEquals("111 m north", words(BERN, new GeoPoint(46.9491, 7.4474)));
    assertEquals("1.5 km west", words(BERN, new GeoPoint(46.9481, 7.4274)));
    assertEquals("0 m north", words(BERN, BERN));
  }

  @Test
  void theDateLineIsNoWall() {
    assertEquals("22 km east", words(new GeoPoint(0, 179.9), new GeoPoint(0, -179.9)));
  }

  @Test
  void theOtherSideOfTheEarthIsHalfAroundIt() {
    assertEquals(
        20_015_087, Distance.between(new GeoPoint(0, 0), new GeoPoint(0, 180)).metres(), 1);
  }

  private static String words(GeoPoint from, GeoPoint to) {
    Distance way = Distance.between(from, to);
    return way.words() + " " + way.wind();
  }
}
