package org.longwire.plugins.builtin;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.longwire.plugins.api.PluginContext;

/** Times as people read them. */
record Times(ZoneId zone, Instant now) {
  private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter OTHER_DAY =
      DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);

  static Times of(PluginContext context) {
    return new Times(context.zone(), context.clock().instant());
  }

  /** {@code 14:05}, or {@code 19 Nov 14:05} if that is not today. */
  String at(Instant time) {
    ZonedDateTime then = time.atZone(zone);
    boolean isToday = then.toLocalDate().equals(now.atZone(zone).toLocalDate());
    return (isToday ? TODAY : OTHER_DAY).format(then);
  }

  /** {@code 19 Nov 2026}. */
  String day(Instant time) {
    return DAY.format(time.atZone(zone));
  }

  /** {@code now}, {@code 5 min ago}. */
  String ago(Instant time) {
    Duration age = Duration.between(time, now);
    return age.toMinutes() < 1 ? "now" : span(age) + " ago";
  }

  /** {@code 40 s}, {@code 90 min}, {@code 5 h}, {@code 3 days}. */
  static String span(Duration span) {
    if (span.compareTo(Duration.ofMinutes(1)) < 0) {
      return span.toSeconds() + " s";
    }
    if (span.compareTo(Duration.ofHours(2)) < 0) {
      return span.toMinutes() + " min";
    }
    return span.compareTo(Duration.ofDays(2)) < 0 ? span.toHours() + " h" : span.toDays() + " days";
  }
}
