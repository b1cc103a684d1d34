package org.longwire.radio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeoPointTest {
  @ParameterizedTest
  @CsvSource({
    "52.5163, 13.3777, 525163000, 133777000",
    "-33.9, 151.2153, -339000000, 1512153000",
    "90, -180, 900000000, -1800000000",
    "0.00000004, -0.00000006, 0, -1",
  })
  void aPlaceIsCountedInTenMillionthsOfADegree(
      double latitude, double longitude, int latitudeE7, int longitudeE7) {
    GeoPoint point = new GeoPoint(latitude, longitude);
    assertEquals(latitudeE7, point.latitudeE7());
    assertEquals(longitudeE7, point.longitudeE7());
  }

  @ParameterizedTest
  @CsvSource({"90.1, 0", "-90.1, 0", "0, 180.1", "0, -180.1", "NaN, 0", "0, NaN", "0, Infinity"})
  void whereThereIsNoPlaceThereIsNoPoint(double latitude, double longitude) {
    assertThrows(IllegalArgumentException.class, () -> new GeoPoint(latitude, longitude));
  }

  @Test
  void whatTheWireCannotMeanIsNoPlace() {
    assertEquals(Optional.empty(), GeoPoint.ofE7(0, 0));
    assertEquals(Optional.empty(), GeoPoint.ofE7(900_000_001, 0));
    assertEquals(Optional.empty(), GeoPoint.ofE7(0, -1_800_000_001));
    assertEquals(Optional.of(new GeoPoint(0, 7.5)), GeoPoint.ofE7(0, 75_000_000));
  }
}
