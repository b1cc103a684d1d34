package org.longwire.relay.bridge;

/** Lengths in the encoding that travels. */
public final class Utf8 {
  private Utf8() {}

  public static int bytes(CharSequence text) {
    return bytes(text, 0, text.length());
  }

  /**
   * The bytes that part of a text takes. A lone surrogate counts as the three of its replacement.
   */
  static int bytes(CharSequence text, int from, int to) {
    int bytes = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes += 1;
      } else if (c < 0x800) {
        bytes += 2;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < to
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        bytes += 4;
        i++;
      } else {
        bytes += 3;
      }
    }
    return bytes;
  }
}
