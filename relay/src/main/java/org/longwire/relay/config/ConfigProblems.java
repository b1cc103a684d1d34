package org.longwire.relay.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Everything that is wrong with a configuration, collected so that it can be shown at once. Used
 * from one thread.
 */
public final class ConfigProblems {
  /** Problems shown; a file that is not a configuration at all would otherwise fill the screen. */
  static final int MAX_SHOWN = 100;

  private static final String RED = "\u001b[31m";
  private static final String YELLOW = "\u001b[33m";
  private static final String PLAIN = "\u001b[0m";

  private final List<Problem> problems = new ArrayList<>();

  /** Whether the daemon may start nevertheless. */
  public enum Severity {
    ERROR,
    WARNING
  }

  /** What a problem is about, and so the exit code (of sysexits) it leads to. */
  public enum Kind {
    CONFIGURATION(78),
    PERMISSION(77);

    private final int exitCode;

    Kind(int exitCode) {
      this.exitCode = exitCode;
    }

    public int exitCode() {
      return exitCode;
    }
  }

  /**
   * One thing that is wrong.
   *
   * @param file the file, or {@code LONGWIRE_…}, or {@code --set KEY}
   * @param line from 1, or 0 where there are no lines
   * @param key the key as it was written, or empty
   * @param sentence place, key, what is wrong and the cure, ready to be shown
   */
  public record Problem(
      Severity severity, Kind kind, String file, int line, String key, String sentence) {}

  void error(Place place, String key, String words) {
    add(Severity.ERROR, Kind.CONFIGURATION, place, key, words);
  }

  void forbidden(Place place, String key, String words) {
    add(Severity.ERROR, Kind.PERMISSION, place, key, words);
  }

  void warning(Place place, String key, String words) {
    add(Severity.WARNING, Kind.CONFIGURATION, place, key, words);
  }

  /** @param words what follows the key; begins with a space, or with "[n]" for a part of it */
  private void add(Severity severity, Kind kind, Place place, String key, String words) {
    String sentence = Forms.printable(place + ": " + (key + words).strip());
    Problem problem = new Problem(severity, kind, place.source(), place.line(), key, sentence);
    if (!problems.contains(problem)) {
      problems.add(problem);
    }
  }

  /** All of them, in the order of the lines. */
  public List<Problem> all() {
    return problems.stream()
        .sorted(Comparator.comparing(Problem::file).thenComparing(Problem::line))
        .toList();
  }

  public boolean hasErrors() {
    return problems.stream().anyMatch(p -> p.severity() == Severity.ERROR);
  }

  /** 0 if there are only warnings, 77 if permissions are all that is wrong, otherwise 78. */
  public int exitCode() {
    return problems.stream()
        .filter(p -> p.severity() == Severity.ERROR)
        .mapToInt(p -> p.kind().exitCode())
        .max()
        .orElse(0);
  }

  /** One line for each problem; nothing at all if there is none. */
  public String render(boolean colour) {
    List<Problem> all = all();
    String shown = all.stream()
        .limit(MAX_SHOWN)
        .map(p -> severity(p.severity(), colour) + p.sentence() + "\n")
        .collect(Collectors.joining());
    int hidden = all.size() - MAX_SHOWN;
    return hidden > 0 ? shown + "and " + hidden + " more\n" : shown;
  }

  private static String severity(Severity severity, boolean colour) {
    String word = severity == Severity.ERROR ? "error: " : "warning: ";
    String paint = severity == Severity.ERROR ? RED : YELLOW;
    return colour ? paint + word + PLAIN : word;
  }
}
