package org.longwire.relay.bridge;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.longwire.radio.GeoPoint;

/** Places as Matrix writes them, {@code geo:47.26543,11.39354} (RFC 5870). Pure. */
final class GeoUri {
  private static final Pattern URI =
      Pattern.compile("geo:(-?[0-9]{1,2}(?:\\.[0-9]{1,12})?),(-?[0-9]{1,3}(?:\\.[0-9]{1,12})?)"
          + "(?:,-?[0-9.]{1,16})?(?:;[^ ]{0,200})?");

  private GeoUri() {}

  static String write(GeoPoint point) {
    return "geo:" + exactly(point.latitudeE7()) + "," + exactly(point.longitudeE7());
  }

  /** As people write it, {@code 47.26543, 11.39354}. */
  static String words(GeoPoint point) {
    return exactly(point.latitudeE7()) + ", " + exactly(point.longitudeE7());
  }

  private static String exactly(int degreesE7) {
    BigDecimal degrees = BigDecimal.valueOf(degreesE7, 7);
    return degrees.signum() == 0 ? "0" : degrees.stripTrailingZeros().toPlainString();
  }

  /** The place; empty if a stranger's text names none on Earth. */
  static Optional<GeoPoint> read(String uri) {
    Matcher parts = URI.matcher(uri);
    if (!parts.matches()) {
      return Optional.empty();
    }
    double latitude = Double.parseDouble(parts.group(1));
    double longitude = Double.parseDouble(parts.group(2));
    return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180
        ? Optional.of(new GeoPoint(latitude, longitude))
        : Optional.empty();
  }
}
