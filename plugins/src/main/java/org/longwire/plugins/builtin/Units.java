package org.longwire.plugins.builtin;

import java.util.Locale;

/** What weather is measured in. */
enum Units {
  METRIC("°C", "km/h", "mm", ""),
  IMPERIAL(
      "°F",
      "mph",
      "in",
      "&temperature_unit=fahrenheit&wind_speed_unit=mph&precipitation_unit=inch");

  private final String temperature;
  private final String speed;
  private final String length;
  private final String query;

  Units(String temperature, String speed, String length, String query) {
    this.temperature = temperature;
    this.speed = speed;
    this.length = length;
    this.query = query;
  }

  /** By the word in the configuration. */
  static Units of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  String temperature() {
    return temperature;
  }

  String speed() {
    return speed;
  }

  String length() {
    return length;
  }

  /** How Open-Meteo is asked for them. */
  String query() {
    return query;
  }
}
