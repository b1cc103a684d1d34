package org.longwire.plugins.api;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * When a plugin wants to be called. A call that is missed, because the relay was not running or the
 * plugin was busy, is not made up for.
 */
public sealed interface Schedule {
  /** What {@link Plugin#onSchedule} is given. */
  String name();

  /** The next time after this one, in the relay's time zone. */
  ZonedDateTime after(ZonedDateTime time);

  /**
   * Again and again.
   *
   * @param interval at least a second; the first call comes one interval after the start
   */
  record Every(String name, Duration interval) implements Schedule {
    public Every {
      if (interval.compareTo(Duration.ofSeconds(1)) < 0) {
        throw new IllegalArgumentException("a schedule has an interval of a second at least");
      }
    }

    @Override
    public ZonedDateTime after(ZonedDateTime time) {
      return time.plus(interval);
    }
  }

  /** Every day at these times. */
  record At(String name, List<LocalTime> times) implements Schedule {
    public At {
      times = times.stream().sorted().toList();
      if (times.isEmpty()) {
        throw new IllegalArgumentException("a schedule has at least one time");
      }
    }

    @Override
    public ZonedDateTime after(ZonedDateTime time) {
      return Stream.of(time.toLocalDate(), time.toLocalDate().plusDays(1))
          .flatMap(day -> times.stream().map(at -> day.atTime(at).atZone(time.getZone())))
          .filter(next -> next.isAfter(time))
          .min(Comparator.comparing(ZonedDateTime::toInstant))
          .orElseThrow();
    }
  }

  /** By a line of five fields as cron has it: minute, hour, day of month, month, day of week. */
  record Cron(String name, CronLine line) implements Schedule {
    /** @throws IllegalArgumentException with a sentence if there is no such line */
    public Cron(String name, String line) {
      this(name, CronLine.parse(line));
    }

    @Override
    public ZonedDateTime after(ZonedDateTime time) {
      return line.after(time);
    }
  }
}
