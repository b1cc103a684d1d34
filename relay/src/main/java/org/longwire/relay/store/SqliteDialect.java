package org.longwire.relay.store;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** SQLite's words. */
record SqliteDialect() implements Dialect {
  @Override
  public String name() {
    return "sqlite";
  }

  @Override
  public String upsert(String table, List<String> keys, List<String> others) {
    String then = others.isEmpty()
        ? "NOTHING"
        : others.stream()
            .map(column -> column + " = excluded." + column)
            .collect(Collectors.joining(", ", "UPDATE SET ", ""));
    return "%s ON CONFLICT (%s) DO %s"
        .formatted(SqlText.insert("INSERT", table, keys, others), String.join(", ", keys), then);
  }

  @Override
  public String insertOrIgnore(String table, List<String> columns) {
    // OR IGNORE would swallow violations of NOT NULL and CHECK too.
    return SqlText.insert("INSERT", table, columns, List.of()) + " ON CONFLICT DO NOTHING";
  }

  @Override
  public String fullTextMatch(String table, String column) {
    return table + " MATCH ?";
  }

  /** In double quotes a word is a string of FTS5; a double quote in it is doubled. */
  @Override
  public String fullTextQuery(List<String> words) {
    return words.stream()
        .map(word -> '"' + word.replace("\"", "\"\"") + '"')
        .collect(Collectors.joining(" "));
  }

  @Override
  public StoreException translate(SQLException e) {
    return SqlErrors.translate(e, "the database");
  }
}
