package org.longwire.relay.run;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The status of a daemon as it crosses the control socket: one line a part, fields separated by
 * tabs. Writer and reader stand here side by side.
 */
public record StatusPage(List<Line> lines) {
  private static final String SEPARATOR = "\t";
  private static final int FIELDS = 4;

  /** What one part says of itself. */
  public record Line(String part, StatusBoard.Health health, Instant since, String sentence) {}

  public static StatusPage of(StatusBoard board) {
    List<Line> lines = new ArrayList<>();
    for (Map.Entry<String, StatusBoard.Entry> entry : board.entries().entrySet()) {
      StatusBoard.Entry said = entry.getValue();
      lines.add(new Line(entry.getKey(), said.health(), said.since(), said.sentence()));
    }
    return new StatusPage(List.copyOf(lines));
  }

  public String write() {
    StringBuilder page = new StringBuilder();
    for (Line line : lines) {
      page.append(oneField(line.part()))
          .append(SEPARATOR)
          .append(line.health())
          .append(SEPARATOR)
          .append(line.since())
          .append(SEPARATOR)
          .append(oneField(line.sentence()))
          .append('\n');
    }
    return page.toString();
  }

  private static String oneField(String text) {
    return Glyphs.printable(text, " ");
  }

  /** Reads a page; lines that are none are left out. */
  public static StatusPage read(String page) {
    return new StatusPage(
        page.lines().map(StatusPage::line).flatMap(Optional::stream).toList());
  }

  private static Optional<Line> line(String text) {
    String[] fields = text.split(SEPARATOR, FIELDS);
    if (fields.length != FIELDS) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Line(
          fields[0], StatusBoard.Health.valueOf(fields[1]), Instant.parse(fields[2]), fields[3]));
    } catch (IllegalArgumentException | DateTimeParseException e) {
      // A daemon of another version may say more than we understand.
      return Optional.empty();
    }
  }
}
