package org.longwire.plugins.api;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;

/** What the fields of a {@link CronLine} name. Immutable. */
final class CronFields {
  private static final int FIELDS = 5;
  private static final int SUNDAY = 7;

  /** The 29th of February of a line comes within this time, also around the year 2100. */
  private static final int MAX_DAYS = 8 * 366;

  private final String text;
  private final BitSet minutes;
  private final BitSet hours;
  private final BitSet daysOfMonth;
  private final BitSet months;
  private final BitSet daysOfWeek;
  private final boolean isEitherDay;

  /** @throws IllegalArgumentException with a sentence if there is no such line */
  CronFields(String text) {
    this.text = text;
    String[] words = text.split("\\s+");
    if (words.length != FIELDS) {
      throw new IllegalArgumentException(
          "a line of cron has five fields, such as \"0 8 * * 1-5\", not \"%s\"".formatted(text));
    }
    this.minutes = field(words[0], 0, 59);
    this.hours = field(words[1], 0, 23);
    this.daysOfMonth = field(words[2], 1, 31);
    this.months = field(words[3], 1, 12);
    this.daysOfWeek = field(words[4], 0, SUNDAY);
    if (daysOfWeek.get(SUNDAY)) {
      daysOfWeek.set(0);
    }
    this.isEitherDay = !words[2].startsWith("*") && !words[4].startsWith("*");
  }

  private BitSet field(String field, int least, int most) {
    BitSet values = new BitSet();
    for (String part : field.split(",", -1)) {
      add(values, part, least, most);
    }
    return values;
  }

  private void add(BitSet values, String part, int least, int most) {
    String[] stepped = part.split("/", -1);
    String[] range = stepped[0].split("-", -1);
    boolean isAll = stepped[0].equals("*");
    boolean isOpen = isAll || range.length == 1 && stepped.length == 2;
    int from = isAll ? least : number(range[0], part);
    int to = isOpen ? most : number(range[range.length - 1], part);
    int step = stepped.length == 2 ? number(stepped[1], part) : 1;
    boolean isRight = stepped.length <= 2
        && range.length <= 2
        && from >= least
        && to <= most
        && from <= to
        && step > 0;
    if (!isRight) {
      throw wrong(part);
    }
    for (int value = from; value <= to; value += step) {
      values.set(value);
    }
  }

  private int number(String digits, String part) {
    if (!digits.matches("[0-9]{1,3}")) {
      throw wrong(part);
    }
    return Integer.parseInt(digits);
  }

  private IllegalArgumentException wrong(String part) {
    return new IllegalArgumentException(
        "\"%s\" is no field of cron in \"%s\"; write such as 5, 1-5, */10".formatted(part, text));
  }

  ZonedDateTime after(ZonedDateTime time) {
    return hours.cardinality() == 24 ? nextOfAllHours(time) : nextOfSomeHours(time);
  }

  private ZonedDateTime nextOfAllHours(ZonedDateTime time) {
    ZonedDateTime next = time.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
    if (!isDay(next.toLocalDate())) {
      next = nextDay(next.toLocalDate()).atStartOfDay(time.getZone());
    }
    while (!minutes.get(next.getMinute())) {
      next = next.plusMinutes(1);
    }
    return isDay(next.toLocalDate()) ? next : nextOfAllHours(next.minusMinutes(1));
  }

  private ZonedDateTime nextOfSomeHours(ZonedDateTime time) {
    LocalDateTime local = time.toLocalDateTime();
    ZonedDateTime next;
    do {
      local = nextLocal(local);
      next = local.atZone(time.getZone());
    } while (!next.isAfter(time));
    return next;
  }

  private LocalDateTime nextLocal(LocalDateTime time) {
    LocalDateTime next = time.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
    if (!isDay(next.toLocalDate())) {
      next = nextDay(next.toLocalDate()).atStartOfDay();
    }
    int minute = minutes.nextSetBit(next.getMinute());
    int hour = hours.nextSetBit(next.getHour());
    if (hour == next.getHour() && minute >= 0) {
      return next.withMinute(minute);
    }
    hour = hours.nextSetBit(next.getHour() + 1);
    LocalDate day = hour >= 0 ? next.toLocalDate() : nextDay(next.toLocalDate());
    return day.atTime(hour >= 0 ? hour : hours.nextSetBit(0), minutes.nextSetBit(0));
  }

  private LocalDate nextDay(LocalDate day) {
    for (int i = 1; i <= MAX_DAYS; i++) {
      if (isDay(day.plusDays(i))) {
        return day.plusDays(i);
      }
    }
    throw new IllegalArgumentException(
        "no day is like \"%s\"; name a day that there is".formatted(text));
  }

  private boolean isDay(LocalDate day) {
    boolean ofMonth = daysOfMonth.get(day.getDayOfMonth());
    boolean ofWeek = daysOfWeek.get(day.getDayOfWeek().getValue() % SUNDAY);
    return months.get(day.getMonthValue()) && (isEitherDay ? ofMonth || ofWeek : ofMonth && ofWeek);
  }
}
