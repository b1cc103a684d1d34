package org.longwire.relay.bridge;

import java.text.Normalizer;
import java.util.stream.IntStream;

/**
 * Makes strangers' words safe to show, in both directions: what cannot be seen, turns the writing
 * around or piles up is taken out; what was said stays (reference: storage-and-reliability.md
 * §4.1). Pure, and cleaning twice changes nothing.
 */
public final class PlainText {
  /** More line ends than this become spaces: a radio's packet can hold 232 of them. */
  public static final int MAX_LINES = 40;

  /** Marks that one letter may bear; real languages need no more. */
  public static final int MAX_MARKS = 4;

  /** Bytes of a name. A node's has up to 39; a Matrix display name may be of any length. */
  public static final int MAX_NAME_BYTES = 100;

  /** What the first and the last code point have beside them: nothing that joins. */
  private static final int NOTHING = ' ';

  private PlainText() {}

  /**
   * A text of any number of lines up to {@link #MAX_LINES}, in Unicode's composed form, without
   * white space around it; empty if nothing of it can be shown.
   */
  public static String text(String raw) {
    int[] visible = visible(raw.codePoints().toArray());
    String composed = Normalizer.normalize(string(joined(visible)), Normalizer.Form.NFC);
    // Once more, because composing and dropping marks can change a joiner's neighbours.
    String calm = string(joined(fewMarks(composed).codePoints().toArray()));
    return fewLines(calm.strip());
  }

  /**
   * A name on one line, at most {@link #MAX_NAME_BYTES} long.
   *
   * @param fallback what to call it when nothing of the name can be seen
   */
  public static String name(String raw, String fallback) {
    String line = text(raw).replaceAll("[\\s\\p{Z}]+", " ").strip();
    // Once more, because the cut may leave a joiner at the end.
    String name = text(Graphemes.cut(line, MAX_NAME_BYTES));
    return name.codePoints().anyMatch(CodePoints::isSeen) ? name : fallback;
  }

  private static int[] visible(int[] raw) {
    IntStream.Builder kept = IntStream.builder();
    for (int i = 0; i < raw.length; i++) {
      int c = raw[i];
      if (c == '\r' && i + 1 < raw.length && raw[i + 1] == '\n') {
        continue;
      }
      if (CodePoints.isLineEnd(c)) {
        kept.add('\n');
      } else if (c == '\t') {
        kept.add(' ');
      } else if (CodePoints.isSurrogate(c) || CodePoints.isNoncharacter(c)) {
        kept.add(CodePoints.REPLACEMENT);
      } else if (!CodePoints.isInvisible(c)) {
        kept.add(c);
      }
    }
    return kept.build().toArray();
  }

  private static int[] joined(int[] text) {
    IntStream.Builder kept = IntStream.builder();
    int before = NOTHING;
    for (int i = 0; i < text.length; i++) {
      int c = text[i];
      int after = i + 1 < text.length ? text[i + 1] : NOTHING;
      boolean judged = CodePoints.isVariationSelector(c) || CodePoints.isJoiner(c);
      if (!judged || CodePoints.isAtHome(c, before, after)) {
        kept.add(c);
        before = c;
      }
    }
    return kept.build().toArray();
  }

  private static String fewMarks(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    int marks = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      marks = CodePoints.isCombiningMark(c) ? marks + 1 : 0;
      if (marks <= MAX_MARKS) {
        kept.appendCodePoint(c);
      }
    }
    return kept.toString();
  }

  private static String fewLines(String text) {
    int end = -1;
    for (int line = 1; line < MAX_LINES; line++) {
      end = text.indexOf('\n', end + 1);
      if (end < 0) {
        return text;
      }
    }
    return text.substring(0, end + 1) + text.substring(end + 1).replace('\n', ' ');
  }

  private static String string(int[] codePoints) {
    return new String(codePoints, 0, codePoints.length);
  }
}
