package org.longwire.radio;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What a node measured (reference: meshtastic.md; {@code telemetry.proto}). */
public sealed interface Telemetry {
  /**
   * Of itself.
   *
   * @param batteryPercent 0 to 100; 101 stands for a node on mains
   * @param voltage in volts
   * @param channelUtilisation per cent of time in which its channel was busy
   * @param airUtilisationTx per cent of the last hour in which it was transmitting
   * @param uptimeSeconds since it started
   */
  record Device(
      OptionalInt batteryPercent,
      OptionalDouble voltage,
      OptionalDouble channelUtilisation,
      OptionalDouble airUtilisationTx,
      OptionalLong uptimeSeconds)
      implements Telemetry {}

  /**
   * Around it.
   *
   * @param temperature in degrees Celsius
   * @param humidityPercent relative humidity
   * @param pressureHectopascal barometric pressure
   * @param gasResistance in megaohms
   * @param airQualityIndex 0 to 500
   */
  record Environment(
      OptionalDouble temperature,
      OptionalDouble humidityPercent,
      OptionalDouble pressureHectopascal,
      OptionalDouble gasResistance,
      OptionalInt airQualityIndex)
      implements Telemetry {}
}
