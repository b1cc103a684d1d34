package org.longwire.radio;

import java.util.Optional;

/**
 * A place on the earth, in degrees of WGS 84.
 *
 * @param latitude -90 to 90, north is positive
 * @param longitude -180 to 180, east is positive
 */
public record GeoPoint(double latitude, double longitude) {
  private static final double MAX_LATITUDE = 90;
  private static final double MAX_LONGITUDE = 180;

  /** The wire counts ten millionths of a degree (reference: meshtastic.md §3.8). */
  private static final double E7 = 1e7;

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if there is no such place
   */
  public GeoPoint {
    // Written so that no number is refused too.
    if (!(Math.abs(latitude) <= MAX_LATITUDE) || !(Math.abs(longitude) <= MAX_LONGITUDE)) {
      throw new IllegalArgumentException("there is no place at " + latitude + ", " + longitude);
    }
  }

  /** The place that the wire means; empty for 0, 0, which stands for no fix, and for nonsense. */
  static Optional<GeoPoint> ofE7(int latitudeE7, int longitudeE7) {
    double latitude = latitudeE7 / E7;
    double longitude = longitudeE7 / E7;
    boolean isPlace = Math.abs(latitude) <= MAX_LATITUDE && Math.abs(longitude) <= MAX_LONGITUDE;
    boolean isFix = latitudeE7 != 0 || longitudeE7 != 0;
    return isPlace && isFix ? Optional.of(new GeoPoint(latitude, longitude)) : Optional.empty();
  }

  /** The latitude in ten millionths of a degree. */
  public int latitudeE7() {
    return (int) Math.round(latitude * E7);
  }

  /** The longitude in ten millionths of a degree. */
  public int longitudeE7() {
    return (int) Math.round(longitude * E7);
  }
}
