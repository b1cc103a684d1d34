package org.longwire.matrix;

/** A custom key of a message's content. Texts and integers only: floats are refused by servers. */
public sealed interface ExtraField {
  String key();

  /** A key with a text. */
  record Text(String key, String value) implements ExtraField {}

  /**
   * A key with an integer.
   *
   * @param value within ±(2^53−1)
   */
  record Number(String key, long value) implements ExtraField {
    private static final long MAX = (1L << 53) - 1;

    public Number {
      if (value > MAX || value < -MAX) {
        throw new IllegalArgumentException("Matrix carries integers up to 2^53-1, not " + value);
      }
    }
  }
}
