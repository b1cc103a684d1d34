package org.longwire.relay.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;

/** Columns that may be NULL, and texts of strangers that must fit. */
final class Columns {
  /** Characters of the longest name that is kept; every VARCHAR for a name holds as many. */
  static final int NAME_LIMIT = 255;

  private Columns() {}

  static Optional<String> text(ResultSet row, int column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  static Optional<Long> number(ResultSet row, int column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(value);
  }

  static OptionalInt integer(ResultSet row, int column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
  }

  /** @throws IllegalArgumentException if there is none, which makes the row senseless */
  static String required(ResultSet row, int column) throws SQLException {
    return text(row, column)
        .orElseThrow(() -> new IllegalArgumentException("column " + column + " is empty"));
  }

  static Optional<Integer> boxed(OptionalInt value) {
    return value.isPresent() ? Optional.of(value.getAsInt()) : Optional.empty();
  }

  /** The text cut to a number of characters, never through the middle of one. */
  static String fitting(String text, int limit) {
    return text.codePointCount(0, text.length()) <= limit
        ? text
        : text.substring(0, text.offsetByCodePoints(0, limit));
  }

  /**
   * A part of a key.
   *
   * @throws IllegalArgumentException if it is too long or ends in a space, which MariaDB would not
   *     tell from one that does not
   */
  static String key(String text, int limit, String what) {
    if (text.length() > limit || text.endsWith(" ")) {
      throw new IllegalArgumentException(
          "a %s has %d characters at most and no space at its end".formatted(what, limit));
    }
    return text;
  }
}
