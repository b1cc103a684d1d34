package org.longwire.plugins.api;

import java.time.Duration;
import java.util.List;

/**
 * A key of a plugin's section of the configuration, with its form and its default. Keys that no
 * setting names are complained of when the configuration is checked.
 *
 * @param <T> what its values are
 * @param name one word of small letters, digits and dashes; not one that every section has, such as
 *     {@code enabled}
 * @param form how it is written
 * @param standard its value when nothing is written
 * @param help what it means, one sentence
 */
public record Setting<T>(String name, Form<T> form, T standard, String help) {
  /** How values are written. */
  public sealed interface Form<T> {
    /** Any text of at most this many characters. */
    record Text(int limit) implements Form<String> {}

    record Whole(int least, int most) implements Form<Integer> {}

    record Decimal(double least, double most) implements Form<Double> {}

    record Flag() implements Form<Boolean> {}

    /** As HOCON writes it: {@code 30s}, {@code 10 minutes}. */
    record Time(Duration least, Duration most) implements Form<Duration> {}

    record Choice(List<String> words) implements Form<String> {
      public Choice {
        words = List.copyOf(words);
      }
    }

    /** A list of texts. */
    record Texts(int limit) implements Form<List<String>> {}
  }

  public static Setting<String> text(String name, String standard, String help) {
    return new Setting<>(name, new Form.Text(1_000), standard, help);
  }

  public static Setting<Integer> whole(
      String name, int standard, int least, int most, String help) {
    return new Setting<>(name, new Form.Whole(least, most), standard, help);
  }

  public static Setting<Double> decimal(
      String name, double standard, double least, double most, String help) {
    return new Setting<>(name, new Form.Decimal(least, most), standard, help);
  }

  public static Setting<Boolean> flag(String name, boolean standard, String help) {
    return new Setting<>(name, new Form.Flag(), standard, help);
  }

  public static Setting<Duration> time(
      String name, Duration standard, Duration least, Duration most, String help) {
    return new Setting<>(name, new Form.Time(least, most), standard, help);
  }

  public static Setting<String> choice(
      String name, String standard, List<String> words, String help) {
    return new Setting<>(name, new Form.Choice(words), standard, help);
  }

  public static Setting<List<String>> texts(String name, List<String> standard, String help) {
    return new Setting<>(name, new Form.Texts(100), standard, help);
  }
}
