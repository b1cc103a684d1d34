package org.longwire.plugins.builtin;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.longwire.radio.Telemetry;

/** What of a node's telemetry is kept and drawn. */
enum Metric {
  BATTERY('b', "Battery", "%", 0, List.of("battery", "batterylevel")),
  VOLTAGE('v', "Voltage", "V", 2, List.of("voltage")),
  UTILISATION('u', "Channel utilisation", "%", 1, List.of("utilisation", "utilization", "channel")),
  AIRTIME('a', "Airtime", "%", 2, List.of("airtime", "airutiltx")),
  TEMPERATURE('t', "Temperature", "°C", 1, List.of("temperature", "temp")),
  HUMIDITY('h', "Humidity", "%", 0, List.of("humidity")),
  PRESSURE('p', "Pressure", "hPa", 1, List.of("pressure"));

  private static final double FULL = 100;

  private final char letter;
  private final String title;
  private final String unit;
  private final int decimals;
  private final List<String> words;

  Metric(char letter, String title, String unit, int decimals, List<String> words) {
    this.letter = letter;
    this.title = title;
    this.unit = unit;
    this.decimals = decimals;
    this.words = words;
  }

  /** The one that people mean by a word. */
  static Optional<Metric> of(String word) {
    return Arrays.stream(values())
        .filter(metric -> metric.words.contains(word.toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  /** The one that is stored under a letter. */
  static Optional<Metric> of(char letter) {
    return Arrays.stream(values()).filter(metric -> metric.letter == letter).findFirst();
  }

  /** The words to choose from. */
  static String choice() {
    return Arrays.stream(values())
        .map(metric -> metric.words.get(0))
        .collect(Collectors.joining(", "));
  }

  /** What a node has measured of all this; what is no number is not there. */
  static Map<Metric, Double> of(Telemetry telemetry) {
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    if (telemetry instanceof Telemetry.Device device) {
      // 101 stands for mains.
      BATTERY.put(real(device.batteryPercent()), FULL, values);
      VOLTAGE.put(device.voltage(), Double.MAX_VALUE, values);
      UTILISATION.put(device.channelUtilisation(), Double.MAX_VALUE, values);
      AIRTIME.put(device.airUtilisationTx(), Double.MAX_VALUE, values);
    } else if (telemetry instanceof Telemetry.Environment environment) {
      TEMPERATURE.put(environment.temperature(), Double.MAX_VALUE, values);
      HUMIDITY.put(environment.humidityPercent(), Double.MAX_VALUE, values);
      PRESSURE.put(environment.pressureHectopascal(), Double.MAX_VALUE, values);
    }
    return values;
  }

  private static OptionalDouble real(OptionalInt value) {
    return value.isPresent() ? OptionalDouble.of(value.getAsInt()) : OptionalDouble.empty();
  }

  private void put(OptionalDouble value, double most, Map<Metric, Double> values) {
    if (value.isPresent() && Double.isFinite(value.getAsDouble())) {
      values.put(this, Math.min(most, value.getAsDouble()));
    }
  }

  char letter() {
    return letter;
  }

  String title() {
    return title;
  }

  String unit() {
    return unit;
  }

  /** A value as it is written, without its unit. */
  String number(double value) {
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return text.matches("-0(\\.0*)?") ? text.substring(1) : text;
  }
}
