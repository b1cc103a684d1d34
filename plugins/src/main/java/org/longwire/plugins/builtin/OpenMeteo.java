package org.longwire.plugins.builtin;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.longwire.plugins.api.Json;
import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.Web;
import org.longwire.radio.GeoPoint;

/**
 * Open-Meteo's forecasts and its gazetteer (open-meteo.com/en/docs and its page on geocoding),
 * which are free for those who earn nothing with them. Answers are remembered for a while.
 */
final class OpenMeteo {
  static final Duration MEMORY = Duration.ofMinutes(10);

  private static final int REMEMBERED = 50;
  private static final int TOO_MANY = 429;
  private static final int NAME_BYTES = 40;

  private final PluginContext context;
  private final String forecasts;
  private final String gazetteer;
  private final Map<String, Remembered> memory = new LinkedHashMap<>() {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
      return size() > REMEMBERED;
    }
  };

  /**
   * @param forecasts the beginning of the address, such as {@code https://api.open-meteo.com}
   * @param gazetteer likewise
   */
  OpenMeteo(PluginContext context, String forecasts, String gazetteer) {
    this.context = context;
    this.forecasts = forecasts;
    this.gazetteer = gazetteer;
  }

  /** The best known place of that name; empty if there is none. */
  Optional<WeatherPlace> place(String name) throws PluginException {
    Json found = get(gazetteer + "/v1/search?count=1&language=en&format=json&name="
            + URLEncoder.encode(name, StandardCharsets.UTF_8))
        .at("results")
        .at(0);
    OptionalDouble latitude = found.at("latitude").number();
    OptionalDouble longitude = found.at("longitude").number();
    if (latitude.isEmpty() || longitude.isEmpty()) {
      return Optional.empty();
    }
    String country = found.at("country").text().map(c -> ", " + c).orElse("");
    String full = found.at("name").text().orElse(name) + country;
    try {
      return Optional.of(new WeatherPlace(
          Brief.cut(full.replaceAll("\\p{Cntrl}", " "), NAME_BYTES),
          new GeoPoint(latitude.getAsDouble(), longitude.getAsDouble())));
    } catch (IllegalArgumentException e) {
      throw strange();
    }
  }

  /** @param wanted what is asked for, such as {@code &daily=…} */
  Json forecast(WeatherPlace place, String wanted) throws PluginException {
    return get(forecasts + "/v1/forecast?" + place.query() + "&timezone=auto" + wanted);
  }

  static PluginException strange() {
    return new PluginException.Unavailable(
        "the weather service has answered something else than weather; ask again later");
  }

  private Json get(String address) throws PluginException {
    Instant now = context.clock().instant();
    Remembered before = memory.get(address);
    if (before != null && before.at.plus(MEMORY).isAfter(now)) {
      return before.answer;
    }
    Json answer = ask(address);
    memory.remove(address);
    memory.put(address, new Remembered(now, answer));
    return answer;
  }

  private Json ask(String address) throws PluginException {
    Web.Page page;
    try {
      page = context.web().get(URI.create(address));
    } catch (PluginException.Unavailable e) {
      context.log().warn("the weather service did not answer: " + e.getMessage());
      throw new PluginException.Unavailable("the weather service does not answer; ask again later");
    }
    if (page.status() == TOO_MANY) {
      throw new PluginException.Unavailable(
          "the weather service was asked too often today; ask again tomorrow");
    }
    if (!page.isOk()) {
      context.log().warn("the weather service answered with status " + page.status());
      throw new PluginException.Unavailable(
          "the weather service cannot answer (status %d); ask again later"
              .formatted(page.status()));
    }
    try {
      return Json.parse(page.text());
    } catch (PluginException.Refused e) {
      throw strange();
    }
  }

  private record Remembered(Instant at, Json answer) {}
}
