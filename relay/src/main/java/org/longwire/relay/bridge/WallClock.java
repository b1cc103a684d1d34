package org.longwire.relay.bridge;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * Times as people read them in a message.
 *
 * @param zone where the operator's clock hangs
 */
public record WallClock(ZoneId zone) {
  /** A message that took no longer than this is news, and needs no time. */
  public static final Duration NEWS = Duration.ofMinutes(2);

  private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter OTHER_DAY =
      DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);

  /** {@code 14:05}, or {@code 19 Nov 14:05} if that was not today. */
  public String time(Instant at, Instant now) {
    ZonedDateTime then = at.atZone(zone);
    boolean today = then.toLocalDate().equals(now.atZone(zone).toLocalDate());
    return (today ? TODAY : OTHER_DAY).format(then);
  }

  /** {@code (heard 14:05)} for what was heard more than {@link #NEWS} ago. */
  public Optional<String> heard(Instant at, Instant now) {
    return at.isBefore(now.minus(NEWS))
        ? Optional.of("(heard " + time(at, now) + ")")
        : Optional.empty();
  }
}
