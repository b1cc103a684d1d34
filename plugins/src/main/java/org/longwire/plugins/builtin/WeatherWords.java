package org.longwire.plugins.builtin;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.longwire.plugins.api.Answer;
import org.longwire.plugins.api.Json;
import org.longwire.plugins.api.PluginException;

/** Weather in words: in full for a room, within 200 bytes for the mesh. */
record WeatherWords(WeatherPlace place, Units units) {
  static final String CURRENT = "&current=temperature_2m,apparent_temperature,relative_humidity_2m,"
      + "precipitation,weather_code,wind_speed_10m,wind_direction_10m,is_day";
  static final String HOURLY =
      "&hourly=temperature_2m,precipitation_probability,weather_code,is_day&forecast_hours=24";
  static final String DAILY = "&daily=weather_code,temperature_2m_max,temperature_2m_min,"
      + "precipitation_sum,precipitation_probability_max&forecast_days=5";

  /** In a room every second hour is said, on the mesh every third. */
  private static final int ROOM_STEP = 2;

  private static final int MESH_STEP = 3;

  private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter SHORT_HOUR =
      DateTimeFormatter.ofPattern("H'h'", Locale.ROOT);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH);
  private static final DateTimeFormatter SHORT_DAY =
      DateTimeFormatter.ofPattern("EEE", Locale.ENGLISH);

  Answer current(Json forecast) throws PluginException {
    Json now = forecast.at("current");
    double temperature = number(now.at("temperature_2m"));
    Sky sky = Sky.of(number(now.at("weather_code")));
    List<String> parts = new ArrayList<>();
    parts.add("%s %s: %s %s"
        .formatted(
            sky.symbol(now.at("is_day").number().orElse(1) > 0),
            place.name(),
            tenths(temperature),
            units.temperature()));
    now.at("apparent_temperature")
        .number()
        .ifPresent(felt -> parts.add("feels like %s".formatted(tenths(felt))));
    parts.add(sky.words());
    now.at("relative_humidity_2m")
        .number()
        .ifPresent(humidity -> parts.add("humidity %s %%".formatted(whole(humidity))));
    OptionalDouble direction = now.at("wind_direction_10m").number();
    now.at("wind_speed_10m")
        .number()
        .ifPresent(speed -> parts.add("wind %s %s%s"
            .formatted(
                whole(speed),
                units.speed(),
                direction.isPresent()
                    ? " from the " + new Distance(0, direction.getAsDouble()).wind()
                    : "")));
    now.at("precipitation")
        .number()
        .ifPresent(
            fall -> parts.add("precipitation %s %s".formatted(fallen(fall), units.length())));
    String text = String.join(", ", parts);
    return Answer.of(text).briefly(Brief.cut(text));
  }

  Answer hourly(Json forecast) throws PluginException {
    Json hours = forecast.at("hourly");
    List<String> lines = new ArrayList<>(List.of(place.name() + ", the next hours:"));
    List<String> items = new ArrayList<>();
    for (int i = 0; i < hours.at("time").size(); i++) {
      LocalDateTime time = time(hours.at("time").at(i));
      String symbol = Sky.of(number(hours.at("weather_code").at(i)))
          .symbol(hours.at("is_day").at(i).number().orElse(1) > 0);
      String temperature = whole(number(hours.at("temperature_2m").at(i)));
      OptionalDouble likely = hours.at("precipitation_probability").at(i).number();
      if (i % ROOM_STEP == 0) {
        lines.add("%s %s %s %s%s"
            .formatted(
                HOUR.format(time), symbol, temperature, units.temperature(), chance(likely)));
      }
      if (i % MESH_STEP == 0) {
        items.add("%s %s %s°%s"
            .formatted(
                SHORT_HOUR.format(time),
                symbol,
                temperature,
                likely.orElse(0) > 0 ? " " + whole(likely.getAsDouble()) + "%" : ""));
      }
    }
    return listed(lines, items);
  }

  Answer daily(Json forecast) throws PluginException {
    Json days = forecast.at("daily");
    List<String> lines = new ArrayList<>(List.of(place.name() + ", the next days:"));
    List<String> items = new ArrayList<>();
    for (int i = 0; i < days.at("time").size(); i++) {
      LocalDate date = date(days.at("time").at(i));
      String symbol = Sky.of(number(days.at("weather_code").at(i))).symbol(true);
      String least = whole(number(days.at("temperature_2m_min").at(i)));
      String most = whole(number(days.at("temperature_2m_max").at(i)));
      OptionalDouble fall = days.at("precipitation_sum").at(i).number();
      OptionalDouble likely = days.at("precipitation_probability_max").at(i).number();
      lines.add("%s %s %s to %s %s%s%s"
          .formatted(
              DAY.format(date),
              symbol,
              least,
              most,
              units.temperature(),
              fall.orElse(0) > 0
                  ? ", %s %s".formatted(fallen(fall.getAsDouble()), units.length())
                  : "",
              chance(likely)));
      items.add("%s %s %s/%s°%s"
          .formatted(
              SHORT_DAY.format(date),
              symbol,
              least,
              most,
              likely.orElse(0) > 0 ? " " + whole(likely.getAsDouble()) + "%" : ""));
    }
    return listed(lines, items);
  }

  private Answer listed(List<String> lines, List<String> items) throws PluginException {
    if (items.isEmpty()) {
      throw OpenMeteo.strange();
    }
    return Answer.of(String.join("\n", lines)).briefly(Brief.list(place.name() + ": ", items));
  }

  private static String chance(OptionalDouble likely) {
    return likely.orElse(0) > 0
        ? ", precipitation %s %% likely".formatted(whole(likely.getAsDouble()))
        : "";
  }

  private String fallen(double amount) {
    return String.format(Locale.ROOT, units == Units.METRIC ? "%.1f" : "%.2f", amount);
  }

  private static double number(Json json) throws PluginException {
    return json.number().orElseThrow(OpenMeteo::strange);
  }

  private static LocalDateTime time(Json json) throws PluginException {
    try {
      return LocalDateTime.parse(json.text().orElse(""));
    } catch (DateTimeParseException e) {
      throw OpenMeteo.strange();
    }
  }

  private static LocalDate date(Json json) throws PluginException {
    try {
      return LocalDate.parse(json.text().orElse(""));
    } catch (DateTimeParseException e) {
      throw OpenMeteo.strange();
    }
  }

  private static String tenths(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.equals("-0.0") ? "0.0" : text;
  }

  private static String whole(double value) {
    return Long.toString(Math.round(value));
  }
}
