package org.longwire.plugins.host;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.longwire.plugins.api.Setting;

/** Reads what is written of a setting by its form. Pure. */
final class SettingForms {
  /** Characters of a wrong value that are shown. */
  private static final int MAX_SHOWN = 60;

  private static final Pattern TIME =
      Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,9})?)\\s*([a-z]*)");

  /** HOCON's units, the largest first; bare numbers are milliseconds. */
  private static final List<Unit> UNITS = List.of(
      new Unit("w", "w|weeks?", Duration.ofDays(7)),
      new Unit("d", "d|days?", Duration.ofDays(1)),
      new Unit("h", "h|hours?", Duration.ofHours(1)),
      new Unit("m", "m|minutes?", Duration.ofMinutes(1)),
      new Unit("s", "s|seconds?", Duration.ofSeconds(1)),
      new Unit("ms", "|ms|millis?|milliseconds?", Duration.ofMillis(1)),
      new Unit("us", "us|micros?|microseconds?", Duration.ofNanos(1_000)),
      new Unit("ns", "ns|nanos?|nanoseconds?", Duration.ofNanos(1)));

  private record Unit(String name, String words, Duration length) {}

  private SettingForms() {}

  /** @throws Misfit if the value is not of that form */
  static Object read(Setting.Form<?> form, Object written) throws Misfit {
    if (form instanceof Setting.Form.Text text) {
      return text(written, text.limit());
    } else if (form instanceof Setting.Form.Whole whole) {
      return whole(written, whole);
    } else if (form instanceof Setting.Form.Decimal decimal) {
      return decimal(written, decimal);
    } else if (form instanceof Setting.Form.Flag) {
      return flag(written);
    } else if (form instanceof Setting.Form.Time time) {
      return time(written, time);
    } else if (form instanceof Setting.Form.Choice choice) {
      return choice(written, choice.words());
    } else {
      return texts(written, ((Setting.Form.Texts) form).limit());
    }
  }

  private static String text(Object written, int limit) throws Misfit {
    if (written instanceof List || written instanceof Map) {
      throw wrong(written, "write one text in quotes");
    }
    String text = String.valueOf(written);
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new Misfit(" has a line break or control character; write it in one plain line");
    }
    if (text.length() > limit) {
      throw new Misfit(" has %d characters; use at most %d".formatted(text.length(), limit));
    }
    return text;
  }

  private static int whole(Object written, Setting.Form.Whole form) throws Misfit {
    Optional<BigDecimal> number = number(written);
    if (number.isEmpty()
        || number.get().stripTrailingZeros().scale() > 0
        || number.get().compareTo(BigDecimal.valueOf(form.least())) < 0
        || number.get().compareTo(BigDecimal.valueOf(form.most())) > 0) {
      throw wrong(
          written, "write a whole number from %d to %d".formatted(form.least(), form.most()));
    }
    return number.get().intValue();
  }

  private static double decimal(Object written, Setting.Form.Decimal form) throws Misfit {
    Optional<BigDecimal> number = number(written);
    if (number.isEmpty()
        || number.get().doubleValue() < form.least()
        || number.get().doubleValue() > form.most()) {
      throw wrong(
          written,
          "write a number from %s to %s".formatted(plain(form.least()), plain(form.most())));
    }
    return number.get().doubleValue();
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  private static Optional<BigDecimal> number(Object written) {
    String text = String.valueOf(written).strip();
    if (!(written instanceof Number || written instanceof String)
        || !text.matches("[-+]?[0-9]{1,15}(\\.[0-9]{1,15})?([eE][-+]?[0-9]{1,2})?")) {
      return Optional.empty();
    }
    return Optional.of(new BigDecimal(text));
  }

  /** HOCON's booleans: true, false, yes, no, on, off. */
  private static boolean flag(Object written) throws Misfit {
    return switch (String.valueOf(written)) {
      case "true", "yes", "on" -> true;
      case "false", "no", "off" -> false;
      default -> throw wrong(written, "write true or false");
    };
  }

  private static Duration time(Object written, Setting.Form.Time form) throws Misfit {
    Optional<Duration> time = parseTime(written);
    if (time.isEmpty()
        || time.get().compareTo(form.least()) < 0
        || time.get().compareTo(form.most()) > 0) {
      String unit = written instanceof Number ? " (milliseconds, as it has no unit)" : "";
      throw new Misfit(" is %s%s; write a time from %s to %s"
          .formatted(show(written), unit, words(form.least()), words(form.most())));
    }
    return time.get();
  }

  /** A time as HOCON writes it, such as {@code 30s} or {@code 1.5 hours}; empty if it is none. */
  static Optional<Duration> parseTime(Object written) {
    Matcher matcher = TIME.matcher(String.valueOf(written).strip());
    if (!(written instanceof Number || written instanceof String) || !matcher.matches()) {
      return Optional.empty();
    }
    Optional<Unit> unit =
        UNITS.stream().filter(u -> matcher.group(2).matches(u.words())).findFirst();
    if (unit.isEmpty()) {
      return Optional.empty();
    }
    BigDecimal nanos = new BigDecimal(matcher.group(1))
        .multiply(BigDecimal.valueOf(unit.get().length().toNanos()));
    return nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(nanos.longValue()));
  }

  /** A time in the largest unit that it is whole in. */
  static String words(Duration time) {
    return UNITS.stream()
        .filter(u -> !time.isZero() && time.toNanos() % u.length().toNanos() == 0)
        .map(u -> time.toNanos() / u.length().toNanos() + u.name())
        .findFirst()
        .orElse("0s");
  }

  private static String choice(Object written, List<String> words) throws Misfit {
    String text = String.valueOf(written);
    if (words.contains(text)) {
      return text;
    }
    throw wrong(
        written,
        Spelling.nearest(text.toLowerCase(Locale.ROOT), words)
            .map(near -> "did you mean \"" + near + "\"?")
            .orElseGet(() -> "write " + String.join(", ", words)));
  }

  private static List<String> texts(Object written, int limit) throws Misfit {
    if (!(written instanceof List<?> list)) {
      throw wrong(written, "write a list, such as [ \"a\", \"b\" ], or [] for none");
    }
    if (list.size() > limit) {
      throw new Misfit(" has %d elements; use at most %d".formatted(list.size(), limit));
    }
    List<String> texts = new ArrayList<>();
    for (Object element : list) {
      texts.add(text(element, 1_000));
    }
    return List.copyOf(texts);
  }

  private static Misfit wrong(Object written, String cure) {
    return new Misfit(" is " + show(written) + "; " + cure);
  }

  private static String show(Object written) {
    if (written instanceof Map) {
      return "a section";
    }
    if (written instanceof List) {
      return "a list";
    }
    String text = String.valueOf(written).replaceAll("\\p{Cntrl}", "?");
    String cut = text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
    return written instanceof String ? "\"" + cut + "\"" : cut;
  }

  /** Says what is wrong and its cure, to be read behind the key. */
  static final class Misfit extends Exception {
    private static final long serialVersionUID = 1L;

    Misfit(String sentence) {
      super(sentence);
    }
  }
}
