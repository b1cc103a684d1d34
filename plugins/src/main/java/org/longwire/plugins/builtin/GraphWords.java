package org.longwire.plugins.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A graph in words.
 *
 * @param courses of each node that has measured it, the latest first
 */
record GraphWords(GraphRequest request, List<Course> courses, Times times) {
  /** Nodes that a room is told of. */
  private static final int LINES = 20;

  String title() {
    String of = courses.size() == 1 ? " of " + courses.get(0).name() : "";
    return "%s%s, last %s".formatted(request.metric().title(), of, request.windowWords());
  }

  String nothing() {
    String metric = request.metric().title().toLowerCase(Locale.ROOT);
    String of = request.node().map(node -> " of " + node).orElse("");
    return Brief.cut("no %s%s was heard here in the last %s; most nodes tell it once an hour"
        .formatted(metric, of, request.windowWords()));
  }

  String full() {
    if (courses.size() == 1) {
      return "%s: %s".formatted(title(), numbers(courses.get(0)));
    }
    List<String> lines = new ArrayList<>();
    lines.add(title() + ":");
    courses.stream()
        .limit(LINES)
        .map(course -> "%s: %s".formatted(course.name(), numbers(course)))
        .forEach(lines::add);
    if (courses.size() > LINES) {
      lines.add("and %d more; name one to see it".formatted(courses.size() - LINES));
    }
    return String.join("\n", lines);
  }

  /** {@code lowest 71, mean 83, highest 95, latest 90 % (12:05)}. */
  private String numbers(Course course) {
    Metric metric = request.metric();
    return "lowest %s, mean %s, highest %s, latest %s %s (%s)"
        .formatted(
            metric.number(course.lowest()),
            metric.number(course.mean()),
            metric.number(course.highest()),
            metric.number(course.latest().value()),
            metric.unit(),
            times.at(course.latest().at()));
  }

  String brief() {
    Metric metric = request.metric();
    List<String> items = courses.stream()
        .map(course -> "%s %s/%s/%s/%s"
            .formatted(
                course.name(),
                metric.number(course.lowest()),
                metric.number(course.mean()),
                metric.number(course.highest()),
                metric.number(course.latest().value())))
        .toList();
    String head = "%s %s, min/avg/max/last %s: "
        .formatted(metric.title(), request.windowWords(), metric.unit());
    return Brief.list(head, items);
  }
}
