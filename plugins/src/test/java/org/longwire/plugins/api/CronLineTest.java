package org.longwire.plugins.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of cron, and times of day, come when people expect them. */
class CronLineTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static ZonedDateTime at(String time) {
    return ZonedDateTime.parse(time).withZoneSameInstant(BERLIN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "* * * * *; 2026-05-01T12:00:30+02:00; 2026-05-01T12:01+02:00",
        "*/10 * * * *; 2026-05-01T12:50+02:00; 2026-05-01T13:00+02:00",
        "5/20 * * * *; 2026-05-01T12:05+02:00; 2026-05-01T12:25+02:00",
        "0 8 * * *; 2026-05-01T08:00+02:00; 2026-05-02T08:00+02:00",
        "0 8-10/2,20 * * *; 2026-05-01T08:00+02:00; 2026-05-01T10:00+02:00",
        "0 8-10/2,20 * * *; 2026-05-01T10:00+02:00; 2026-05-01T20:00+02:00",
        "30 23 31 12 *; 2026-01-01T00:00+01:00; 2026-12-31T23:30+01:00",
        "0 0 1 1 *; 2026-05-01T00:00+02:00; 2027-01-01T00:00+01:00",
        "0 9 * * 1-5; 2026-05-01T09:00+02:00; 2026-05-04T09:00+02:00",
        "0 9 * * 7; 2026-05-01T09:00+02:00; 2026-05-03T09:00+02:00",
        "0 9 * * 0; 2026-05-01T09:00+02:00; 2026-05-03T09:00+02:00",
        "0 9 13 * 5; 2026-05-01T10:00+02:00; 2026-05-08T09:00+02:00",
        "0 9 13 * 5; 2026-05-08T10:00+02:00; 2026-05-13T09:00+02:00",
        "0 9 */2 * 5; 2026-05-01T10:00+02:00; 2026-05-15T09:00+02:00",
        "0 0 29 2 *; 2026-05-01T00:00+02:00; 2028-02-29T00:00+01:00",
        "0 0 29 2 *; 2096-03-01T00:00+01:00; 2104-02-29T00:00+01:00",
        "59 23 * * *; 2026-05-01T23:59:59+02:00; 2026-05-02T23:59+02:00"
      })
  void theNextMinuteIsTheOneThatTheLineNames(String line, String after, String next) {
    assertEquals(at(next), CronLine.parse(line).after(at(after)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "30 2 * * *; 2026-03-29T00:00+01:00; 2026-03-29T03:30+02:00",
        "30 2 * * *; 2026-03-29T03:30+02:00; 2026-03-30T02:30+02:00",
        "*/30 * * * *; 2026-03-29T01:30+01:00; 2026-03-29T03:00+02:00",
        "30 2 * * *; 2026-10-25T00:00+02:00; 2026-10-25T02:30+02:00",
        "30 2 * * *; 2026-10-25T02:30+02:00; 2026-10-26T02:30+01:00",
        "30 2 * * *; 2026-10-25T02:10+01:00; 2026-10-26T02:30+01:00",
        "*/30 * * * *; 2026-10-25T02:30+02:00; 2026-10-25T02:00+01:00",
        "*/30 * * * 1; 2026-10-25T02:30+02:00; 2026-10-26T00:00+01:00"
      })
  void whenTheClocksChangeItComesOnceAndAnIntervalGoesOn(String line, String after, String next) {
    assertEquals(at(next), CronLine.parse(line).after(at(after)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "* * * *",
        "* * * * * *",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * 32 * *",
        "* * * 0 *",
        "* * * 13 *",
        "* * * * 8",
        "5-1 * * * *",
        "*/0 * * * *",
        "1,, * * * *",
        "-1 * * * *",
        "a * * * *",
        "1-2-3 * * * *",
        "1/2/3 * * * *",
        "*-5 * * * *",
        "+1 * * * *",
        "99999999999 * * * *",
        "* * * jan *"
      })
  void whatIsNoLineIsRefusedInASentence(String line) {
    String sentence =
        assertThrows(IllegalArgumentException.class, () -> CronLine.parse(line)).getMessage();
    assertTrue(sentence.contains("such as"), sentence);
  }

  @Test
  void aDayThatThereIsNotIsSaidWhenItIsLookedFor() {
    CronLine line = CronLine.parse("0 0 30 2 *");
    assertThrows(IllegalArgumentException.class, () -> line.after(at("2026-05-01T00:00+02:00")));
  }

  @Test
  void timesOfADayComeInTheirOrderAndOnceWhenTheClocksChange() {
    Schedule at = new Schedule.At("x", List.of(LocalTime.of(18, 0), LocalTime.of(2, 30)));
    assertEquals(at("2026-05-01T18:00+02:00"), at.after(at("2026-05-01T02:30+02:00")));
    assertEquals(at("2026-05-02T02:30+02:00"), at.after(at("2026-05-01T18:00+02:00")));
    assertEquals(at("2026-03-29T03:30+02:00"), at.after(at("2026-03-29T01:00+01:00")));
    assertEquals(at("2026-10-25T18:00+01:00"), at.after(at("2026-10-25T02:30+02:00")));
    assertEquals(at("2026-10-25T18:00+01:00"), at.after(at("2026-10-25T02:10+01:00")));
  }
}
