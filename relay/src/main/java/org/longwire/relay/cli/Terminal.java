package org.longwire.relay.cli;

/** What the terminal can do, and its few colours. */
final class Terminal {
  private static final String PLAIN = "\u001b[0m";

  private Terminal() {}

  /** Whether to colour: on a terminal, and unless the user said NO_COLOR. */
  static boolean hasColour() {
    return System.console() != null
        && System.getenv().getOrDefault("NO_COLOR", "").isEmpty()
        && !"dumb".equals(System.getenv("TERM"));
  }

  static String green(String text) {
    return paint("\u001b[32m", text);
  }

  static String yellow(String text) {
    return paint("\u001b[33m", text);
  }

  static String red(String text) {
    return paint("\u001b[31m", text);
  }

  static String dim(String text) {
    return paint("\u001b[2m", text);
  }

  private static String paint(String colour, String text) {
    return hasColour() ? colour + text + PLAIN : text;
  }
}
