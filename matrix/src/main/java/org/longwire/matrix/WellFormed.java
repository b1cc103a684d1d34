package org.longwire.matrix;

/** Makes texts fit to travel: pure functions. */
final class WellFormed {
  private static final char REPLACEMENT = '\uFFFD';

  private WellFormed() {}

  /** Lone surrogates become U+FFFD: one of them makes a server answer 500 (matrix.md §2.5). */
  static String text(String value) {
    int bad = firstLoneSurrogate(value, 0);
    if (bad < 0) {
      return value;
    }
    StringBuilder result = new StringBuilder(value);
    while (bad >= 0) {
      result.setCharAt(bad, REPLACEMENT);
      bad = firstLoneSurrogate(result, bad + 1);
    }
    return result.toString();
  }

  private static int firstLoneSurrogate(CharSequence value, int from) {
    for (int i = from; i < value.length(); i++) {
      char c = value.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      boolean pair = Character.isHighSurrogate(c)
          && i + 1 < value.length()
          && Character.isLowSurrogate(value.charAt(i + 1));
      if (!pair) {
        return i;
      }
      i++;
    }
    return -1;
  }

  /** {@link #text} without control characters, save line feed and tab. */
  static String printable(String value) {
    StringBuilder result = new StringBuilder(value.length());
    text(value).chars().filter(WellFormed::isPrintable).forEach(c -> result.append((char) c));
    return result.toString();
  }

  private static boolean isPrintable(int c) {
    return c == '\n' || c == '\t' || (c >= ' ' && c != 0x7f);
  }

  /** At most so many characters, never half of a surrogate pair. */
  static String atMost(String value, int chars) {
    if (value.length() <= chars) {
      return value;
    }
    boolean splits = chars > 0 && Character.isHighSurrogate(value.charAt(chars - 1));
    return value.substring(0, splits ? chars - 1 : chars);
  }

  /** A stranger's words fit for one line of a log or a sentence. */
  static String oneLine(String value, int chars) {
    return atMost(printable(value).replaceAll("\\s+", " ").strip(), chars);
  }
}
