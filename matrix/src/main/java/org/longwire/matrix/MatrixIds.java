package org.longwire.matrix;

/** What all Matrix identifiers have in common: a sigil, a limit of 255 bytes, no spaces. */
final class MatrixIds {
  private static final int MAX_BYTES = 255;

  private MatrixIds() {}

  static void require(String value, char sigil, String kind) {
    if (value.length() < 2 || value.charAt(0) != sigil) {
      throw new IllegalArgumentException(
          "a %s begins with %s, unlike \"%s\"".formatted(kind, sigil, value));
    }
    if (value.length() > MAX_BYTES) {
      throw new IllegalArgumentException("a %s has at most 255 bytes".formatted(kind));
    }
    if (value.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
      throw new IllegalArgumentException(
          "a %s has no spaces or control characters".formatted(kind));
    }
  }
}
