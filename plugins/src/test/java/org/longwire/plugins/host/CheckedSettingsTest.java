package org.longwire.plugins.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.longwire.plugins.api.Setting;

/** A plugin's section is read by its forms, and what is wrong is said with its cure. */
class CheckedSettingsTest {
  private static final Setting<String> NAME = Setting.text("name", "Ada", "a name");
  private static final Setting<Integer> SIZE = Setting.whole("size", 3, 1, 9, "a size");
  private static final Setting<Double> RADIUS =
      Setting.decimal("radius-km", 1.5, 0, 100, "a radius");
  private static final Setting<Boolean> LOUD = Setting.flag("loud", false, "whether");
  private static final Setting<Duration> PACE =
      Setting.time("pace", Duration.ofMinutes(5), Duration.ofSeconds(30), Duration.ofDays(1), "a");
  private static final Setting<String> UNITS =
      Setting.choice("units", "metric", List.of("metric", "imperial"), "units");
  private static final Setting<List<String>> PLACES = Setting.texts("places", List.of(), "places");
  private static final List<Setting<?>> ALL =
      List.of(NAME, SIZE, RADIUS, LOUD, PACE, UNITS, PLACES);

  private static CheckedSettings read(Map<String, Object> written) {
    return new CheckedSettings(ALL, written);
  }

  private static <T> T value(Setting<T> setting, Object written) {
    CheckedSettings settings = read(Map.of(setting.name(), written));
    assertEquals(List.of(), settings.problems());
    return settings.get(setting);
  }

  private static String problem(String key, Object written) {
    List<String> problems = read(Map.of(key, written)).problems();
    assertEquals(1, problems.size(), problems.toString());
    return problems.get(0);
  }

  @Test
  void whatIsNotWrittenHasItsDefault() {
    CheckedSettings settings = read(Map.of());
    assertEquals(List.of(), settings.problems());
    assertEquals("Ada", settings.get(NAME));
    assertEquals(Duration.ofMinutes(5), settings.get(PACE));
  }

  @Test
  void valuesAreReadAsHoconUnwrapsThemAndAsTheEnvironmentWritesThem() {
    assertEquals("7", value(NAME, 7));
    assertEquals(7, value(SIZE, 7));
    assertEquals(7, value(SIZE, "7"));
    assertEquals(7, value(SIZE, 7.0));
    assertEquals(2.0, value(RADIUS, 2));
    assertEquals(2.25, value(RADIUS, "2.25"));
    assertEquals(true, value(LOUD, true));
    assertEquals(true, value(LOUD, "yes"));
    assertEquals(false, value(LOUD, "off"));
    assertEquals("imperial", value(UNITS, "imperial"));
    assertEquals(List.of("a", "1"), value(PLACES, List.of("a", 1)));
  }

  @ParameterizedTest
  @CsvSource({
    "30s, 30000",
    "30 seconds, 30000",
    "10 minutes, 600000",
    "1 minute, 60000",
    "10m, 600000",
    "1.5h, 5400000",
    "2 hours, 7200000",
    "1d, 86400000",
    "45000, 45000",
    "45000ms, 45000",
    "45000 millis, 45000",
    "45000 milliseconds, 45000",
    "60000000000 nanos, 60000",
    "60000000us, 60000",
    "0.5 days, 43200000"
  })
  void timesAreWrittenAsInHocon(String written, long millis) {
    assertEquals(Duration.ofMillis(millis), value(PACE, written));
  }

  @ParameterizedTest
  @CsvSource({"5 parsecs", "s", "-30s", "1e3s", "30 s s", "9999999999999999999d", "''", "30S"})
  void whatIsNoTimeIsSaid(String written) {
    assertEquals(
        "pace is \"" + written + "\"; write a time from 30s to 1d", problem("pace", written));
  }

  @Test
  void whatIsWrongIsSaidWithItsCure() {
    assertEquals("size is 12; write a whole number from 1 to 9", problem("size", 12));
    assertEquals("size is 1.5; write a whole number from 1 to 9", problem("size", 1.5));
    assertEquals("size is \"big\"; write a whole number from 1 to 9", problem("size", "big"));
    assertEquals("size is a list; write a whole number from 1 to 9", problem("size", List.of(1)));
    assertEquals("radius-km is -1; write a number from 0 to 100", problem("radius-km", -1));
    assertEquals("loud is \"maybe\"; write true or false", problem("loud", "maybe"));
    assertEquals(
        "pace is 30 (milliseconds, as it has no unit); write a time from 30s to 1d",
        problem("pace", 30));
    assertEquals("units is \"metrik\"; did you mean \"metric\"?", problem("units", "metrik"));
    assertEquals("units is \"kelvin\"; write metric, imperial", problem("units", "kelvin"));
    assertEquals(
        "places is \"a\"; write a list, such as [ \"a\", \"b\" ], or [] for none",
        problem("places", "a"));
    assertEquals("name is a section; write one text in quotes", problem("name", Map.of("a", 1)));
    assertEquals(
        "name has a line break or control character; write it in one plain line",
        problem("name", "a\nb"));
    assertEquals("name has 1001 characters; use at most 1000", problem("name", "x".repeat(1_001)));
    assertEquals("sise is no setting of it; did you mean \"size\"?", problem("sise", 3));
    assertEquals(
        "quux is no setting of it; its settings are loud, name, pace, places, radius-km, size,"
            + " units",
        problem("quux", 3));
    assertEquals(
        List.of("x is no setting of it; remove it, it has none of its own"),
        new CheckedSettings(List.of(), Map.of("x", 1)).problems());
  }

  @Test
  void aSettingThatWasNotDeclaredIsAMistakeOfThePlugin() {
    assertThrows(IllegalArgumentException.class, () -> read(Map.of())
        .get(Setting.text("other", "", "another")));
    assertThrows(IllegalArgumentException.class, () -> read(Map.of())
        .get(Setting.text("size", "", "of another form")));
  }
}
