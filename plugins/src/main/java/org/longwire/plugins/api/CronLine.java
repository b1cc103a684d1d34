package org.longwire.plugins.api;

import java.time.ZonedDateTime;

/**
 * The five fields of a line of cron: minute, hour, day of month, month, day of week (0 and 7 are
 * Sunday), each {@code *}, a number, a range, a list of these, any of them with a step. As in cron,
 * a day counts if either of its two fields names it, unless one of them begins with {@code *}.
 *
 * <p>When the clocks change, a line that names hours comes once on that day, behind the gap if it
 * falls into it; one for all hours goes on in its step.
 *
 * @param text as written
 */
public record CronLine(String text) {
  /** @throws IllegalArgumentException with a sentence if there is no such line */
  public CronLine {
    text = text.strip();
    new CronFields(text);
  }

  /** @throws IllegalArgumentException with a sentence if there is no such line */
  public static CronLine parse(String text) {
    return new CronLine(text);
  }

  /**
   * The next minute that the line names.
   *
   * @throws IllegalArgumentException if there is none, as for the 30th of February
   */
  public ZonedDateTime after(ZonedDateTime time) {
    return new CronFields(text).after(time);
  }
}
