package org.longwire.plugins.builtin;

import java.util.List;

/**
 * What the sky is like, by the code of the World Meteorological Organisation that Open-Meteo gives
 * (its documentation, "WMO Weather interpretation codes").
 */
enum Sky {
  CLEAR("☀️", "clear", List.of(0)),
  MAINLY_CLEAR("🌤️", "mainly clear", List.of(1)),
  PARTLY_CLOUDY("⛅", "partly cloudy", List.of(2)),
  OVERCAST("☁️", "overcast", List.of(3)),
  FOG("🌫️", "fog", List.of(45, 48)),
  DRIZZLE("🌦️", "drizzle", List.of(51, 53, 55)),
  FREEZING_RAIN("🧊", "freezing rain", List.of(56, 57, 66, 67)),
  RAIN("🌧️", "rain", List.of(61, 63, 65)),
  SNOW("🌨️", "snow", List.of(71, 73, 75, 77)),
  SHOWERS("🌦️", "showers", List.of(80, 81, 82)),
  SNOW_SHOWERS("🌨️", "snow showers", List.of(85, 86)),
  THUNDERSTORM("⛈️", "thunderstorm", List.of(95, 96, 99)),
  UNKNOWN("❔", "nobody knows", List.of());

  private final String symbol;
  private final String words;
  private final List<Integer> codes;

  Sky(String symbol, String words, List<Integer> codes) {
    this.symbol = symbol;
    this.words = words;
    this.codes = codes;
  }

  static Sky of(double code) {
    for (Sky sky : values()) {
      if (sky.codes.contains((int) code)) {
        return sky;
      }
    }
    return UNKNOWN;
  }

  /** An emoji. */
  String symbol(boolean isDay) {
    return !isDay && (this == CLEAR || this == MAINLY_CLEAR) ? "🌙" : symbol;
  }

  String words() {
    return words;
  }
}
