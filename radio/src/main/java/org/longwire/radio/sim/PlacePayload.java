package org.longwire.radio.sim;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.longwire.radio.GeoPoint;
import org.longwire.radio.Waypoint;

/** Payloads that tell places, written and read by hand (reference: meshtastic.md §3.8, §3.15). */
final class PlacePayload {
  static final int EXACT = 32;
  private static final double E7 = 1e7;

  private PlacePayload() {}

  static byte[] position(GeoPoint point, int precisionBits) {
    return new WireWriter()
        .fixedAlways(1, point.latitudeE7())
        .fixedAlways(2, point.longitudeE7())
        .uint(23, precisionBits)
        .toBytes();
  }

  static byte[] waypoint(Waypoint waypoint) {
    long expires = waypoint.expiresAt().map(Instant::getEpochSecond).orElse(0L);
    return new WireWriter()
        .uint(1, waypoint.id())
        .fixedAlways(2, waypoint.point().latitudeE7())
        .fixedAlways(3, waypoint.point().longitudeE7())
        .uint(4, (int) expires)
        .text(6, waypoint.name())
        .text(7, waypoint.description())
        .toBytes();
  }

  /** The place that a position tells; empty if it tells none. */
  static Optional<GeoPoint> point(byte[] position) throws WireReader.Malformed {
    OptionalInt latitude = OptionalInt.empty();
    OptionalInt longitude = OptionalInt.empty();
    WireReader in = new WireReader(position);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> latitude = OptionalInt.of(in.int32());
        case 2 -> longitude = OptionalInt.of(in.int32());
        default -> in.skip();
      }
    }
    return latitude.isPresent() && longitude.isPresent()
        ? Optional.of(new GeoPoint(latitude.getAsInt() / E7, longitude.getAsInt() / E7))
        : Optional.empty();
  }
}
