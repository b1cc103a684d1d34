package org.longwire.relay.command;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command as it was written: {@code !where ridge hut}.
 *
 * @param name in small letters; perhaps of no command that there is
 * @param args on one line, with single spaces; perhaps empty
 */
record Call(String name, String args) {
  private static final Pattern WRITTEN =
      Pattern.compile("!([A-Za-z][A-Za-z0-9-]{0,31})(?:\\s+(.*))?", Pattern.DOTALL);

  /** Reads a text that begins with a command; empty if it begins otherwise. */
  static Optional<Call> read(String text) {
    Matcher matcher = WRITTEN.matcher(text.strip());
    return matcher.matches()
        ? Optional.of(new Call(
            matcher.group(1).toLowerCase(Locale.ROOT),
            Optional.ofNullable(matcher.group(2))
                .orElse("")
                .replaceAll("\\s+", " ")
                .strip()))
        : Optional.empty();
  }
}
