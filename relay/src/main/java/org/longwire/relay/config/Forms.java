package org.longwire.relay.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.longwire.plugins.host.Spelling;
import org.longwire.relay.config.Form.Reading;

/** The forms that have nothing to do with radios or rooms: texts, numbers, times and lists. */
final class Forms {
  /** Characters of a wrong value that are shown. */
  private static final int MAX_SHOWN = 60;

  private Forms() {}

  /** One line of text. */
  static Form<String> text(int maxCharacters) {
    return value -> {
      if (value.valueType() == ConfigValueType.OBJECT
          || value.valueType() == ConfigValueType.LIST) {
        return Reading.misfit(" is " + show(value) + "; write one text in quotes", value);
      }
      String text = String.valueOf(value.unwrapped());
      if (text.chars().anyMatch(Character::isISOControl)) {
        return Reading.misfit(
            " has a line break or control character; write it in one plain line", value);
      }
      if (text.length() > maxCharacters) {
        return Reading.misfit(
            " has %d characters; use at most %d".formatted(text.length(), maxCharacters), value);
      }
      return Reading.of(text, value);
    };
  }

  /** One line of text, not empty. */
  static Form<String> name(int maxCharacters) {
    Form<String> text = text(maxCharacters);
    return value -> text.read(value)
        .then(words -> words.isBlank()
            ? Reading.misfit(" is empty; give it a text", value)
            : Reading.of(words, value));
  }

  /** HOCON's booleans: true, false, yes, no, on, off. */
  static Form<Boolean> flag() {
    return value -> {
      try {
        return Reading.of(value.atKey("x").getBoolean("x"), value);
      } catch (ConfigException e) {
        return Reading.misfit(" is " + show(value) + "; write true or false", value);
      }
    };
  }

  /**
   * A whole number.
   *
   * @param why the reason of the limits, or empty
   */
  static Form<Integer> whole(int min, int max, String why) {
    return value -> {
      String cure = "; write a whole number from %d to %d".formatted(min, max) + because(why);
      String text = String.valueOf(value.unwrapped()).strip();
      if (!text.matches("-?[0-9]{1,9}")) {
        return Reading.misfit(" is " + show(value) + cure, value);
      }
      int number = Integer.parseInt(text);
      return number < min || number > max
          ? Reading.misfit(" is " + number + cure, value)
          : Reading.of(number, value);
    };
  }

  /** A time such as {@code 2.4s} or {@code 30m}; a bare number is milliseconds, as in all HOCON. */
  static Form<Duration> duration(Duration min, Duration max, String why) {
    return value -> {
      String cure = "; write a time from %s to %s".formatted(words(min), words(max)) + because(why);
      try {
        Duration time = value.atKey("x").getDuration("x");
        if (time.compareTo(min) >= 0 && time.compareTo(max) <= 0) {
          return Reading.of(time, value);
        }
        boolean bare = String.valueOf(value.unwrapped()).matches("[0-9.]+");
        String unit = bare ? " (milliseconds, as it has no unit)" : "";
        return Reading.misfit(" is " + show(value) + unit + cure, value);
      } catch (ConfigException | ArithmeticException e) {
        return Reading.misfit(" is " + show(value) + cure, value);
      }
    };
  }

  /** A size such as {@code 32 MiB}; a bare number is bytes, as in all HOCON. */
  static Form<Integer> size(int min, int max) {
    return value -> {
      String cure = "; write a size from %s to %s".formatted(sizeWords(min), sizeWords(max));
      try {
        long bytes = value.atKey("x").getBytes("x");
        return bytes < min || bytes > max
            ? Reading.misfit(" is " + show(value) + cure, value)
            : Reading.of((int) bytes, value);
      } catch (ConfigException e) {
        return Reading.misfit(" is " + show(value) + cure, value);
      }
    };
  }

  private static String sizeWords(int bytes) {
    return bytes % (1 << 20) == 0 ? (bytes >> 20) + " MiB" : bytes + " bytes";
  }

  /** One of a few words. */
  static <T> Form<T> oneOf(Map<String, T> words) {
    return value -> {
      String text = String.valueOf(value.unwrapped());
      if (words.containsKey(text)) {
        return Reading.of(words.get(text), value);
      }
      String cure = Spelling.nearest(text, words.keySet())
          .map(near -> "; did you mean \"" + near + "\"?")
          .orElseGet(() ->
              "; write " + words.keySet().stream().sorted().collect(Collectors.joining(", ")));
      return Reading.misfit(" is " + show(value) + cure, value);
    };
  }

  static Form<String> word(String... words) {
    return oneOf(List.of(words).stream().collect(Collectors.toMap(w -> w, w -> w)));
  }

  /** A list, all of one form. */
  static <T> Form<List<T>> listOf(Form<T> form, int maxElements) {
    return value -> {
      if (!(value instanceof ConfigList list)) {
        return Reading.misfit(
            " is " + show(value) + "; write a list, such as [ \"a\", \"b\" ], or [] for none",
            value);
      }
      if (list.size() > maxElements) {
        return Reading.misfit(
            " has %d elements; use at most %d".formatted(list.size(), maxElements), value);
      }
      List<T> all = new ArrayList<>();
      for (int i = 0; i < list.size(); i++) {
        Reading<T> element = form.read(list.get(i));
        if (element.value().isEmpty()) {
          return new Reading<>(
              Optional.empty(), "[" + i + "]" + element.complaint(), element.origin());
        }
        all.add(element.value().get());
      }
      return Reading.of(List.copyOf(all), value);
    };
  }

  /** Whatever it is; for the sections of plugins, which check their own. */
  static Form<Object> anything() {
    return value -> Reading.of(value, value);
  }

  /** A wrong value as it is shown in a sentence. */
  static String show(ConfigValue value) {
    return switch (value.valueType()) {
      case OBJECT -> "a section";
      case LIST -> "a list";
      case NULL -> "null";
      case STRING -> '"' + shorten((String) value.unwrapped()) + '"';
      default -> shorten(String.valueOf(value.unwrapped()));
    };
  }

  /** The text with its control characters made visible, so that it cannot play with a terminal. */
  static String printable(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints().forEach(c -> {
      boolean hides = Character.isISOControl(c)
          || Character.getType(c) == Character.FORMAT
          || Character.getType(c) == Character.LINE_SEPARATOR
          || Character.getType(c) == Character.PARAGRAPH_SEPARATOR;
      safe.append(hides ? "\\u%04x".formatted(c) : Character.toString(c));
    });
    return safe.toString();
  }

  /** A time in the largest unit that shows it exactly. */
  static String words(Duration time) {
    long ms = time.toMillis();
    long day = Duration.ofDays(1).toMillis();
    if (ms % day == 0 && ms > 0) {
      return ms / day + "d";
    }
    if (ms % 3_600_000 == 0 && ms > 0) {
      return ms / 3_600_000 + "h";
    }
    if (ms % 60_000 == 0 && ms > 0) {
      return ms / 60_000 + "m";
    }
    return ms % 1000 == 0 ? ms / 1000 + "s" : ms / 1000 + "." + (ms % 1000) / 100 + "s";
  }

  private static String shorten(String text) {
    if (text.length() <= MAX_SHOWN) {
      return text;
    }
    int end =
        text.offsetByCodePoints(0, Math.min(MAX_SHOWN, text.codePointCount(0, text.length())));
    return text.substring(0, end) + "…";
  }

  private static String because(String why) {
    return why.isEmpty() ? "" : ", because " + why;
  }
}
