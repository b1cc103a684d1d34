package org.longwire.relay.bridge;

/** Tells the symbols that people react with from other texts. Pure. */
final class Emoji {
  /** The longest family with all its skin colours has 41 bytes. */
  static final int MAX_BYTES = 64;

  private Emoji() {}

  /** Whether a text is nothing but a few emoji, so that it can be a reaction on either side. */
  static boolean isSymbol(String text) {
    if (text.isEmpty() || Utf8.bytes(text) > MAX_BYTES) {
      return false;
    }
    int start = 0;
    for (int end : Graphemes.ends(text)) {
      if (!CodePoints.isEmoji(text.codePointAt(start)) && !isKeycap(text, start, end)) {
        return false;
      }
      start = end;
    }
    return true;
  }

  private static boolean isKeycap(String text, int start, int end) {
    return CodePoints.isKeycapBase(text.codePointAt(start))
        && text.codePointBefore(end) == CodePoints.KEYCAP;
  }
}
