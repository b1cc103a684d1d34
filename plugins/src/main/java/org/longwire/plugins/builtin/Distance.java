package org.longwire.plugins.builtin;

import java.util.List;
import java.util.Locale;
import org.longwire.radio.GeoPoint;

/**
 * How one place lies from another.
 *
 * @param metres along the surface of a sphere, off by half a per cent at most
 * @param bearing degrees from north, eastwards, 0 to 360
 */
record Distance(double metres, double bearing) {
  private static final double EARTH_METRES = 6_371_000;
  private static final double KILOMETRE = 1_000;
  private static final double ROUNDED_KILOMETRES = 10 * KILOMETRE;
  private static final List<String> WINDS = List.of(
      "north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west");

  static Distance between(GeoPoint from, GeoPoint to) {
    double fromLatitude = Math.toRadians(from.latitude());
    double toLatitude = Math.toRadians(to.latitude());
    double east = Math.toRadians(to.longitude() - from.longitude());
    double chord = Math.pow(Math.sin((toLatitude - fromLatitude) / 2), 2)
        + Math.cos(fromLatitude) * Math.cos(toLatitude) * Math.pow(Math.sin(east / 2), 2);
    double bearing = Math.toDegrees(Math.atan2(
        Math.sin(east) * Math.cos(toLatitude),
        Math.cos(fromLatitude) * Math.sin(toLatitude)
            - Math.sin(fromLatitude) * Math.cos(toLatitude) * Math.cos(east)));
    return new Distance(
        2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(chord))), (bearing + 360) % 360);
  }

  /** {@code 850 m}, {@code 3.2 km}, {@code 41 km}. */
  String words() {
    if (metres < KILOMETRE) {
      return Math.round(metres) + " m";
    }
    String form = metres < ROUNDED_KILOMETRES ? "%.1f km" : "%.0f km";
    return String.format(Locale.ROOT, form, metres / KILOMETRE);
  }

  /** {@code north-east}. */
  String wind() {
    return WINDS.get((int) Math.round(bearing * WINDS.size() / 360) % WINDS.size());
  }
}
