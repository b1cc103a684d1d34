package org.longwire.plugins.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.api.Setting;
import org.longwire.plugins.api.Settings;
import org.longwire.plugins.api.Web;

/** With answers of the form that open-meteo.com documents. */
class WeatherPluginTest {
  private static final String FORECAST = "https://api.open-meteo.com/v1/forecast?";
  private static final String SEARCH =
      "https://geocoding-api.open-meteo.com/v1/search?count=1&language=en&format=json&name=";
  private static final String BERN = "latitude=46.95&longitude=7.45&timezone=auto";

  private static final String NOW = """
      {"latitude":46.96,"longitude":7.44,"generationtime_ms":0.06,"utc_offset_seconds":7200,
       "timezone":"Europe/Zurich","timezone_abbreviation":"GMT+2","elevation":549.0,
       "current_units":{"time":"iso8601","interval":"seconds","temperature_2m":"°C"},
       "current":{"time":"2026-05-01T14:00","interval":900,"temperature_2m":14.3,
        "apparent_temperature":12.9,"relative_humidity_2m":61,"precipitation":0.20,
        "weather_code":2,"wind_speed_10m":11.6,"wind_direction_10m":225,"is_day":1}}""";

  private static final String HOURS = """
      {"hourly":{"time":["2026-05-01T14:00","2026-05-01T15:00","2026-05-01T16:00",
         "2026-05-01T17:00","2026-05-01T18:00"],
        "temperature_2m":[14.3,14.5,13.9,12.4,-0.4],"precipitation_probability":[0,5,40,80,null],
        "weather_code":[2,2,61,95,0],"is_day":[1,1,1,1,0]}}""";

  private static final String DAYS = """
      {"daily":{"time":["2026-05-01","2026-05-02"],"weather_code":[3,73],
        "temperature_2m_max":[14.6,9.4],"temperature_2m_min":[6.4,-1.5],
        "precipitation_sum":[0.00,7.30],"precipitation_probability_max":[0,95]}}""";

  private static final String FOUND = """
      {"results":[{"id":2661552,"name":"Bern","latitude":46.94809,"longitude":7.44744,
        "elevation":549.0,"feature_code":"PPLC","country_code":"CH","timezone":"Europe/Zurich",
        "population":121631,"country":"Switzerland","admin1":"Bern"}],"generationtime_ms":0.5}""";

  private final WeatherPlugin plugin = new WeatherPlugin();
  private HandContext context;

  @BeforeEach
  void start(@TempDir Path directory) {
    context = new HandContext(directory);
    context.nodes.add(new NodeSample("!a1b2c3d4", "Ridge Hut", "RDGE")
        .position(46.951, 7.449, Samples.NOON)
        .info());
    answer(SEARCH + "Bern", FOUND);
    answer(FORECAST + BERN + WeatherWords.CURRENT, NOW);
    answer(FORECAST + BERN + WeatherWords.HOURLY, HOURS);
    answer(FORECAST + BERN + WeatherWords.DAILY, DAYS);
    plugin.start(context);
  }

  @Test
  void theWeatherOfAPlaceIsOneLine() throws PluginException {
    String line = "⛅ Bern, Switzerland: 14.3 °C, feels like 12.9, partly cloudy, humidity 61 %,"
        + " wind 12 km/h from the south-west, precipitation 0.2 mm";

    assertEquals(line, Samples.inRoom(room("weather", "Bern")));
    assertEquals(line, Samples.onMesh(mesh("weather", "Bern")));
  }

  @Test
  void theNextHoursAreLinesInARoomAndALineOnTheMesh() throws PluginException {
    assertEquals(
        Samples.lines(
            "Bern, Switzerland, the next hours:",
            "14:00 ⛅ 14 °C",
            "16:00 🌧️ 14 °C, precipitation 40 % likely",
            "18:00 🌙 0 °C"),
        Samples.inRoom(room("hourly", "Bern")));
    assertEquals(
        "Bern, Switzerland: 14h ⛅ 14°, 17h ⛈️ 12° 80%", Samples.onMesh(mesh("hourly", "Bern")));
  }

  @Test
  void theNextDaysAreLinesInARoomAndALineOnTheMesh() throws PluginException {
    assertEquals(
        Samples.lines(
            "46.95, 7.45, the next days:",
            "Fri 1 May ☁️ 6 to 15 °C",
            "Sat 2 May 🌨️ -1 to 9 °C, 7.3 mm, precipitation 95 % likely"),
        Samples.inRoom(room("daily", "46.95, 7.4500")));
    assertEquals(
        "Bern, Switzerland: Fri ☁️ 6/15°, Sat 🌨️ -1/9° 95%",
        Samples.onMesh(mesh("daily", "Bern")));
  }

  @Test
  void whoSaysNoPlaceMeansHisOwn() throws PluginException {
    assertEquals("⛅ where you are: 14.3 °C", Samples.onMesh(mesh("weather", "")).substring(0, 24));
    // To a kilometre and no nearer.
    assertEquals(List.of(URI.create(FORECAST + BERN + WeatherWords.CURRENT)), context.asked);
  }

  @Test
  void withoutAPositionItIsTheConfiguredPlaceElseTheMiddleOfAllNodes() throws PluginException {
    context.nodes.clear();
    assertEquals(
        "nobody knows where you are: say a place, such as !weather Bern",
        Samples.failure(mesh("weather", "")));

    context.nodes.add(new NodeSample("!b2c3d4e5", "Boat", "BOAT")
        .position(46.90, 7.45, Samples.NOON)
        .info());
    context.nodes.add(new NodeSample("!c3d4e5f6", "Farm", "FARM")
        .position(47.00, 7.45, Samples.NOON)
        .info());
    assertEquals("⛅ around here: 14.3 °C", Samples.inRoom(room("weather", "")).substring(0, 22));

    context.settings.put("place", "Bern");
    assertEquals(
        "⛅ Bern, Switzerland: 14.3 °C", Samples.inRoom(room("weather", "")).substring(0, 28));
  }

  @Test
  void unitsAreAskedForAndShown() throws PluginException {
    context.settings.put("units", "imperial");
    answer(
        FORECAST + BERN + WeatherWords.CURRENT
            + "&temperature_unit=fahrenheit&wind_speed_unit=mph&precipitation_unit=inch",
        NOW);

    assertEquals(
        "⛅ 46.95, 7.45: 14.3 °F, feels like 12.9, partly cloudy, humidity 61 %,"
            + " wind 12 mph from the south-west, precipitation 0.20 in",
        Samples.inRoom(room("weather", "46.95,7.45")));
  }

  @Test
  void anAnswerIsRememberedForTenMinutes() throws PluginException {
    room("weather", "Bern");
    context.now = context.now.plus(Duration.ofMinutes(9));
    room("weather", "Bern");
    assertEquals(2, context.asked.size());

    context.now = context.now.plus(Duration.ofMinutes(2));
    room("weather", "Bern");

    assertEquals(4, context.asked.size());
  }

  @Test
  void aPlaceThatNobodyKnowsIsSaidToBeOne() throws PluginException {
    answer(SEARCH + "Xyzzy+%C3%A4", "{\"generationtime_ms\":0.4}");

    assertEquals(
        "no place is called \"Xyzzy ä\"; say its latitude and longitude, such as 46.95,7.45",
        Samples.failure(room("weather", "Xyzzy ä")));
    assertEquals(
        "a name of a place has at most 100 characters",
        Samples.failure(room("weather", "x".repeat(101))));
  }

  @Test
  void aServiceThatFailsIsSaidToDoSo() throws PluginException {
    String address = FORECAST + BERN + WeatherWords.CURRENT;
    context.pages.remove(address);
    assertEquals(
        "the weather service does not answer; ask again later",
        Samples.failure(room("weather", "Bern")));
    page(address, 429, "{\"error\":true,\"reason\":\"Minutely API request limit exceeded.\"}");
    assertEquals(
        "the weather service was asked too often today; ask again tomorrow",
        Samples.failure(room("weather", "Bern")));
    page(address, 502, "bad gateway");
    assertEquals(
        "the weather service cannot answer (status 502); ask again later",
        Samples.failure(room("weather", "Bern")));
    for (String nonsense : List.of("<html>", "{}", "{\"current\":{\"temperature_2m\":\"warm\"}}")) {
      page(address, 200, nonsense);
      assertEquals(
          "the weather service has answered something else than weather; ask again later",
          Samples.failure(room("weather", "Bern")));
      context.now = context.now.plus(OpenMeteo.MEMORY);
    }
    page(FORECAST + BERN + WeatherWords.DAILY, 200, "{\"daily\":{\"time\":[\"soon\"]}}");
    assertEquals(
        "the weather service has answered something else than weather; ask again later",
        Samples.failure(room("daily", "Bern")));
  }

  @Test
  void everyDocumentedCodeHasAPicture() {
    List<Integer> codes = List.of(
        0, 1, 2, 3, 45, 48, 51, 53, 55, 56, 57, 61, 63, 65, 66, 67, 71, 73, 75, 77, 80, 81, 82, 85,
        86, 95, 96, 99);

    assertEquals(List.of(), codes.stream().filter(c -> Sky.of(c) == Sky.UNKNOWN).toList());
    assertEquals(Sky.UNKNOWN, Sky.of(4));
  }

  @Test
  void theConfigurationIsChecked() {
    assertEquals(List.of(), plugin.check(settings(Map.of())));
    assertEquals(
        List.of("forecasts is an address without a slash at its end, such as"
            + " https://api.open-meteo.com"),
        plugin.check(settings(Map.of("forecasts", "https://weather.example.org/"))));
  }

  private PluginResult room(String command, String args) throws PluginException {
    return plugin.onCommand(Samples.inRoom(command, args));
  }

  private PluginResult mesh(String command, String args) throws PluginException {
    return plugin.onCommand(Samples.onMesh(command, args));
  }

  private void answer(String address, String json) {
    page(address, 200, json);
  }

  private void page(String address, int status, String content) {
    context.pages.put(
        address,
        new Web.Page(status, "application/json", content.getBytes(StandardCharsets.UTF_8)));
  }

  private static Settings settings(Map<String, Object> values) {
    return new Settings() {
      @Override
      @SuppressWarnings("unchecked")
      public <T> T get(Setting<T> setting) {
        return (T) values.getOrDefault(setting.name(), setting.standard());
      }
    };
  }
}
