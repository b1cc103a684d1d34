package org.longwire.plugins.host;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.longwire.plugins.api.Schedule;

/**
 * When a plugin's schedules come next. What is missed comes once; a clock that is set back brings
 * the next time nearer, so that nothing sleeps through it. Any thread.
 */
final class Timetable {
  /** Schedules of one plugin. */
  static final int LIMIT = 50;

  private static final Duration LONGEST = Duration.ofDays(366);

  /** How long it may take until a clock that was set is noticed. */
  private static final Duration CLOCK_CHANGES = Duration.ofMinutes(5);

  private final Map<Schedule, ZonedDateTime> next = new LinkedHashMap<>();

  static Timetable none() {
    return new Timetable(List.of(), Instant.EPOCH.atZone(ZoneOffset.UTC));
  }

  /** @throws IllegalArgumentException with a sentence if one never comes, or there are too many */
  Timetable(List<Schedule> schedules, ZonedDateTime now) {
    if (schedules.size() > LIMIT) {
      throw new IllegalArgumentException("a plugin has at most %d schedules".formatted(LIMIT));
    }
    for (Schedule schedule : schedules) {
      next.put(schedule, after(schedule, now));
    }
  }

  private static ZonedDateTime after(Schedule schedule, ZonedDateTime now) {
    if (schedule instanceof Schedule.Every every && every.interval().compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "the schedule %s comes too seldom; a year is the longest".formatted(schedule.name()));
    }
    return schedule.after(now);
  }

  /** The names of those whose time has come, each once. */
  synchronized List<String> due(ZonedDateTime now) {
    List<String> names = new ArrayList<>();
    next.replaceAll((schedule, at) -> {
      ZonedDateTime following = after(schedule, now);
      if (!at.isAfter(now)) {
        names.add(schedule.name());
        return following;
      }
      return following.isBefore(at) ? following : at;
    });
    return names;
  }

  /** How long nothing comes. */
  synchronized Duration untilNext(ZonedDateTime now) {
    return next.values().stream()
        .map(at -> Duration.between(now, at))
        .map(time -> time.compareTo(CLOCK_CHANGES) < 0 ? time : CLOCK_CHANGES)
        .min(Duration::compareTo)
        .orElse(Watch.NEVER);
  }
}
