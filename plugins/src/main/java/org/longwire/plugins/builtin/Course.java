package org.longwire.plugins.builtin;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.longwire.plugins.api.Drawing;
import org.longwire.radio.NodeId;

/**
 * How one metric of one node went.
 *
 * @param points at least one, oldest first
 */
record Course(NodeId node, String name, List<Drawing.Chart.Point> points) {
  /** Windows that are longer show averages. */
  private static final Duration EXACT = Duration.ofHours(24);

  private static final Duration HOUR = Duration.ofHours(1);

  /** Beyond a month an hour is less than a pixel. */
  private static final Duration HOURLY = Duration.ofDays(31);

  private static final Duration QUARTER = Duration.ofHours(6);

  /** So many times the usual distance of two points is a gap. */
  private static final int GAP = 3;

  private static final Duration LEAST_GAP = Duration.ofMinutes(15);

  double lowest() {
    return points.stream().mapToDouble(Drawing.Chart.Point::value).min().orElseThrow();
  }

  double mean() {
    return points.stream().mapToDouble(Drawing.Chart.Point::value).average().orElseThrow();
  }

  double highest() {
    return points.stream().mapToDouble(Drawing.Chart.Point::value).max().orElseThrow();
  }

  Drawing.Chart.Point latest() {
    return points.get(points.size() - 1);
  }

  /** The line that shows it; over a long window its averages by the hour, or by six. */
  Drawing.Chart.Line line(Duration window) {
    List<Drawing.Chart.Point> shown = window.compareTo(EXACT) <= 0
        ? points
        : averages(window.compareTo(HOURLY) <= 0 ? HOUR : QUARTER);
    Duration gap = usual(shown).multipliedBy(GAP);
    return new Drawing.Chart.Line(name, shown, gap.compareTo(LEAST_GAP) < 0 ? LEAST_GAP : gap);
  }

  private List<Drawing.Chart.Point> averages(Duration span) {
    TreeMap<Long, List<Double>> spans = new TreeMap<>();
    for (Drawing.Chart.Point point : points) {
      spans
          .computeIfAbsent(
              Math.floorDiv(point.at().getEpochSecond(), span.toSeconds()), i -> new ArrayList<>())
          .add(point.value());
    }
    List<Drawing.Chart.Point> averages = new ArrayList<>();
    spans.forEach((number, values) -> averages.add(new Drawing.Chart.Point(
        Instant.ofEpochSecond(number * span.toSeconds()).plus(span.dividedBy(2)),
        values.stream().mapToDouble(value -> value).average().orElseThrow())));
    return averages;
  }

  /** The distance that half of the points do not exceed. */
  private static Duration usual(List<Drawing.Chart.Point> points) {
    List<Duration> distances = new ArrayList<>();
    for (int i = 1; i < points.size(); i++) {
      distances.add(Duration.between(points.get(i - 1).at(), points.get(i).at()));
    }
    distances.sort(null);
    return distances.isEmpty() ? Duration.ZERO : distances.get(distances.size() / 2);
  }
}
