package org.longwire.relay.run;

/** Which characters of strangers may be shown as they are. */
public final class Glyphs {
  private static final int ZERO_WIDTH_JOINER = 0x200d;

  private Glyphs() {}

  /**
   * Whether a character could end the line, move the cursor or turn the text around; the joiner of
   * emoji may stay.
   */
  public static boolean plays(int codePoint) {
    int type = Character.getType(codePoint);
    return Character.isISOControl(codePoint)
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.SURROGATE
        || type == Character.FORMAT && codePoint != ZERO_WIDTH_JOINER;
  }

  /** A text with a substitute for each character that plays. */
  public static String still(String text, String substitute) {
    StringBuilder still = new StringBuilder(text.length());
    text.codePoints().forEach(c -> {
      if (plays(c)) {
        still.append(substitute);
      } else {
        still.appendCodePoint(c);
      }
    });
    return still.toString();
  }
}
