package org.longwire.plugins.builtin;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.longwire.radio.GeoPoint;

/** A place whose weather is asked for, and what it is called. */
record WeatherPlace(String name, GeoPoint point) {
  private static final Pattern COORDINATES =
      Pattern.compile("(-?\\d{1,2}(?:\\.\\d{1,9})?)\\s*,\\s*(-?\\d{1,3}(?:\\.\\d{1,9})?)");

  /** Reads {@code 46.95, 7.45}. */
  static Optional<WeatherPlace> ofCoordinates(String words) {
    Matcher matcher = COORDINATES.matcher(words.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    double latitude = Double.parseDouble(matcher.group(1));
    double longitude = Double.parseDouble(matcher.group(2));
    if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) {
      return Optional.empty();
    }
    GeoPoint point = new GeoPoint(latitude, longitude);
    return Optional.of(new WeatherPlace(rounded(latitude) + ", " + rounded(longitude), point));
  }

  /** The middle of some places that are not far from each other. */
  static GeoPoint middle(List<GeoPoint> points) {
    double x = 0;
    double y = 0;
    double z = 0;
    for (GeoPoint point : points) {
      double latitude = Math.toRadians(point.latitude());
      double longitude = Math.toRadians(point.longitude());
      x += Math.cos(latitude) * Math.cos(longitude);
      y += Math.cos(latitude) * Math.sin(longitude);
      z += Math.sin(latitude);
    }
    return new GeoPoint(
        Math.toDegrees(Math.atan2(z, Math.hypot(x, y))), Math.toDegrees(Math.atan2(y, x)));
  }

  /** As it is asked for: nobody else needs to know it better than to a kilometre. */
  String query() {
    return "latitude=%s&longitude=%s"
        .formatted(rounded(point.latitude()), rounded(point.longitude()));
  }

  private static String rounded(double degrees) {
    String text = String.format(Locale.ROOT, "%.2f", degrees);
    return text.equals("-0.00") ? "0.00" : text;
  }
}
