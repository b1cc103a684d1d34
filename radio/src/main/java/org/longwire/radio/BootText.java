package org.longwire.radio;

import java.util.regex.Pattern;

/** What a starting node writes on its console (reference: meshtastic.md §2.3). */
final class BootText {
  /** At the line's beginning or right after a log prefix: chat can be quoted further on. */
  private static final Pattern BOOT = Pattern.compile(
      "\\s*(?:[A-Z]+ *\\| +\\S+ +\\d+ +)?(?:ets [A-Z]|rst:0x|//\\\\ E S H T /|S:B:).*",
      Pattern.DOTALL);

  private BootText() {}

  static boolean matches(String line) {
    return BOOT.matcher(line).matches();
  }

  /** Whether a line is words and not torn frames, which may carry secrets. */
  static boolean isPlain(String line) {
    return line.chars().allMatch(c -> c >= ' ' && c < 0x7F || c == '\t');
  }
}
