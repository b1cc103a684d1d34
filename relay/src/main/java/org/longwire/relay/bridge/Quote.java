package org.longwire.relay.bridge;

import java.util.Optional;

/** Other people's words, shortened, as MMRelay quotes them (mmrelay-compat.md §3.3, §4.5). Pure. */
final class Quote {
  /** Characters that are quoted. */
  static final int MAX = 40;

  private Quote() {}

  /** A reaction in words. */
  static String reacted(String symbol, Optional<String> quote) {
    return quote
        .map(words -> "reacted %s to \"%s\"".formatted(symbol, words))
        .orElseGet(() -> "reacted %s to an earlier message".formatted(symbol));
  }

  /** The beginning of a text, on one line. */
  static String of(String text) {
    return inLines(PlainText.text(text).replaceAll("\\s+", " "));
  }

  /** The beginning of a text, on as many lines as it has. */
  static String inLines(String text) {
    String words = PlainText.text(text);
    int[] ends = Graphemes.ends(words);
    return ends.length <= MAX ? words : words.substring(0, ends[MAX - 1]) + "...";
  }
}
