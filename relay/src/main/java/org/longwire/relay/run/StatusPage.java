package org.longwire.relay.run;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.longwire.plugins.host.PluginState;

/**
 * The status of a daemon as it crosses the control socket: one line a part, and one a plugin,
 * fields separated by tabs. Writer and reader stand here side by side.
 */
public record StatusPage(List<Line> lines, List<PluginState> plugins) {
  private static final String SEPARATOR = "\t";
  private static final int FIELDS = 4;

  /**
   * The first field of a plugin's line. The second is no {@code Health}, so old readers skip it.
   */
  private static final String PLUGIN = "plugin";

  private static final int PLUGIN_FIELDS = 11;

  /** What one part says of itself. */
  public record Line(String part, StatusBoard.Health health, Instant since, String sentence) {}

  public static StatusPage of(StatusBoard board, List<PluginState> plugins) {
    List<Line> lines = new ArrayList<>();
    for (Map.Entry<String, StatusBoard.Entry> entry : board.entries().entrySet()) {
      StatusBoard.Entry said = entry.getValue();
      lines.add(new Line(entry.getKey(), said.health(), said.since(), said.sentence()));
    }
    return new StatusPage(List.copyOf(lines), List.copyOf(plugins));
  }

  public String write() {
    StringBuilder page = new StringBuilder();
    for (Line line : lines) {
      page.append(joined(line.part(), line.health(), line.since(), line.sentence()));
    }
    for (PluginState plugin : plugins) {
      page.append(joined(
          PLUGIN,
          plugin.condition(),
          plugin.id(),
          plugin.version(),
          plugin.origin(),
          plugin.description(),
          plugin.sentence(),
          plugin.calls(),
          plugin.faults(),
          plugin.missed(),
          counts(plugin.counts())));
    }
    return page.toString();
  }

  private static String joined(Object... fields) {
    return Arrays.stream(fields)
            .map(field -> oneField(String.valueOf(field)))
            .collect(Collectors.joining(SEPARATOR))
        + "\n";
  }

  /** Names of counts are a plugin's words: what would part them is taken out. */
  private static String counts(Map<String, Long> counts) {
    return new TreeMap<>(counts)
        .entrySet().stream()
            .map(count -> count.getKey().replaceAll("[=;]", " ") + "=" + count.getValue())
            .collect(Collectors.joining(";"));
  }

  private static String oneField(String text) {
    return Glyphs.printable(text, " ");
  }

  /** Reads a page; lines that are none are left out. */
  public static StatusPage read(String page) {
    return new StatusPage(
        page.lines().map(StatusPage::line).flatMap(Optional::stream).toList(),
        page.lines().map(StatusPage::plugin).flatMap(Optional::stream).toList());
  }

  private static Optional<PluginState> plugin(String text) {
    String[] fields = text.split(SEPARATOR, PLUGIN_FIELDS);
    if (fields.length != PLUGIN_FIELDS || !fields[0].equals(PLUGIN)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new PluginState(
          fields[2],
          fields[3],
          fields[4],
          fields[5],
          PluginState.Condition.valueOf(fields[1]),
          fields[6],
          Long.parseLong(fields[7]),
          Long.parseLong(fields[8]),
          Long.parseLong(fields[9]),
          counts(fields[10])));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Map<String, Long> counts(String text) {
    Map<String, Long> counts = new TreeMap<>();
    for (String count : text.split(";")) {
      int equals = count.indexOf('=');
      if (equals > 0) {
        counts.put(count.substring(0, equals), Long.parseLong(count.substring(equals + 1)));
      }
    }
    return counts;
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
