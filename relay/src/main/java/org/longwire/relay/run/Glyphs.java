package org.longwire.relay.run;

/** Which characters of strangers may be shown as they are. */
public final class Glyphs {
  private static final int ZERO_WIDTH_JOINER = 0x200d;

  private Glyphs() {}

  /**
   * Whether a character could end the line, move the cursor or turn the text around; the joiner of
   * emoji may stay.
   */
  public static boolean isUnsafe(int codePoint) {
    int type = Character.getType(codePoint);
    return Character.isISOControl(codePoint)
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.SURROGATE
        || type == Character.FORMAT && codePoint != ZERO_WIDTH_JOINER;
  }

  /** A text with a substitute for each unsafe character. */
  public static String printable(String text, String substitute) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints().forEach(c -> {
      if (isUnsafe(c)) {
        shown.append(substitute);
      } else {
        shown.appendCodePoint(c);
      }
    });
    return shown.toString();
  }

  /** The beginning of a text; never half of a character, as cutting by {@code char} could leave. */
  public static String atMost(String text, int codePoints) {
    return text.codePointCount(0, text.length()) <= codePoints
        ? text
        : text.substring(0, text.offsetByCodePoints(0, codePoints));
  }
}
