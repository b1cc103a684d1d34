package org.longwire.relay;

import java.util.ArrayList;
import java.util.List;

/** What went in and out of a relay, and what was wrong with it. */
final class Transcript {
  private static final int LONGEST_LINE = 600;

  private final List<String> lines = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();

  /** Something that came in. */
  void in(Object event) {
    add("-> ", event);
  }

  /** Something that went out. */
  void out(Object sent, List<String> wrong) {
    add("<- ", sent);
    wrong.forEach(this::fault);
  }

  void fault(String sentence) {
    add("!! ", sentence);
    faults.add(sentence);
  }

  private void add(String start, Object thing) {
    String line = visible(thing.toString());
    lines.add(start + (line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line));
  }

  /** So that a terminal shows what a reader would not see. */
  private static String visible(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints().forEach(c -> {
      if (c >= ' ' && c < 0x7F) {
        shown.append((char) c);
      } else {
        shown.append("\\u{%x}".formatted(c));
      }
    });
    return shown.toString();
  }

  boolean isFaulty() {
    return !faults.isEmpty();
  }

  @Override
  public String toString() {
    return String.join("\n", lines);
  }
}
