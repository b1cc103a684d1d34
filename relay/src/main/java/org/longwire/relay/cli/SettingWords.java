package org.longwire.relay.cli;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.longwire.plugins.api.Setting;

/** A plugin's setting as it is written in the configuration. */
final class SettingWords {
  private SettingWords() {}

  /** A value in HOCON. */
  static String value(Object value) {
    if (value instanceof Duration time) {
      return time(time);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(SettingWords::value).collect(Collectors.joining(", ", "[", "]"));
    }
    return JsonText.of(value);
  }

  /** In the largest unit that shows it exactly. */
  private static String time(Duration time) {
    long ms = time.toMillis();
    if (ms == 0 || ms % 1_000 != 0) {
      return ms + "ms";
    }
    long seconds = ms / 1_000;
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  /** What it may be. */
  static String form(Setting.Form<?> form) {
    if (form instanceof Setting.Form.Whole whole) {
      return "a whole number, %d to %d".formatted(whole.least(), whole.most());
    }
    if (form instanceof Setting.Form.Decimal decimal) {
      return "a number, %s to %s".formatted(decimal.least(), decimal.most());
    }
    if (form instanceof Setting.Form.Time time) {
      return "a time, %s to %s".formatted(time(time.least()), time(time.most()));
    }
    if (form instanceof Setting.Form.Choice choice) {
      return String.join(", ", choice.words());
    }
    if (form instanceof Setting.Form.Flag) {
      return "true or false";
    }
    return form instanceof Setting.Form.Texts ? "a list of texts" : "a text";
  }
}
