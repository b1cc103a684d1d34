package org.longwire.relay.store.sql;

import java.sql.SQLException;
import java.util.Set;
import org.longwire.relay.store.Dialect;
import org.longwire.relay.store.Transaction;

/** A line of an export on its way into a store. */
sealed interface ImportedLine permits MessageLine, RowLine {
  /** Whether the store has it already, perhaps with other words: it stays as it is then. */
  boolean isIn(Transaction tx) throws SQLException;

  void addTo(Transaction tx, Dialect dialect) throws SQLException;

  /** @throws IllegalArgumentException that says what is wrong with the line */
  static ImportedLine parse(String text) {
    JsonLine line = JsonLine.parse(text);
    return line.names().contains(RowLine.TABLE) ? RowLine.of(line) : MessageLine.of(line);
  }

  /** @throws IllegalArgumentException if there is a name that nobody knows: it would be lost */
  static void requireKnown(JsonLine line, Set<String> names) {
    for (String name : line.names()) {
      if (!names.contains(name)) {
        throw new IllegalArgumentException("\"%s\" is unknown".formatted(name));
      }
    }
  }
}
