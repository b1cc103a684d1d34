package org.longwire.relay.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.longwire.plugins.host.PluginPolicy;

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
    PERMISSION(77),
    /** Of one plugin: the daemon runs without it. */
    PLUGIN(78);

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
    add(
        Severity.ERROR,
        pluginOf(key).isEmpty() ? Kind.CONFIGURATION : Kind.PLUGIN,
        place,
        key,
        words);
  }

  void forbidden(Place place, String key, String words) {
    add(Severity.ERROR, Kind.PERMISSION, place, key, words);
  }

  void warning(Place place, String key, String words) {
    add(Severity.WARNING, Kind.CONFIGURATION, place, key, words);
  }

  /**
   * Adds what is wrong with a plugin, without which the daemon can run.
   *
   * @param words what follows the key, as a sentence with its cure
   */
  public void ofPlugin(Severity severity, Place place, String key, String words) {
    add(severity, Kind.PLUGIN, place, key, words);
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

  /** Whether the daemon cannot start. */
  public boolean hasErrors() {
    return problems.stream()
        .anyMatch(p -> p.severity() == Severity.ERROR && p.kind() != Kind.PLUGIN);
  }

  /** The sentences for which a plugin stays out. */
  List<String> ofPlugin(String id) {
    return all().stream()
        .filter(p -> p.kind() == Kind.PLUGIN && pluginOf(p.key()).equals(id))
        .map(Problem::sentence)
        .toList();
  }

  /** The plugin that a key is about: its section, or its pin; else empty. */
  private static String pluginOf(String key) {
    String[] words = key.split("[.\\[]");
    int at = words.length > 2 && words[1].equals("allow") ? 2 : 1;
    boolean isOne = words[0].equals("plugins")
        && words.length > at
        && !PluginPolicy.RESERVED.contains(words[at]);
    return isOne ? words[at] : "";
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
