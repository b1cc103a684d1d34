package org.longwire.relay.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The SQL that all dialects have in common. */
final class SqlText {
  private SqlText() {}

  /** @param verb {@code INSERT}, or what a dialect makes of it */
  static String insert(String verb, String table, List<String> keys, List<String> others) {
    List<String> columns = new ArrayList<>(keys);
    columns.addAll(others);
    return "%s INTO %s (%s) VALUES (%s)"
        .formatted(
            verb,
            table,
            String.join(", ", columns),
            String.join(", ", Collections.nCopies(columns.size(), "?")));
  }
}
