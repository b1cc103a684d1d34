package org.longwire.relay.store;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** The words that MariaDB, MySQL and what speaks like them have in common. */
record MariaDbDialect() implements Dialect {
  @Override
  public String name() {
    return "mariadb";
  }

  @Override
  public String upsert(String table, List<String> keys, List<String> others) {
    // Assigning a key to itself changes nothing, and needs no IGNORE that would hide more.
    List<String> replaced = others.isEmpty() ? keys.subList(0, 1) : others;
    String form = others.isEmpty() ? "%1$s = %1$s" : "%1$s = VALUES(%1$s)";
    return SqlText.insert("INSERT", table, keys, others)
        + replaced.stream()
            .map(form::formatted)
            .collect(Collectors.joining(", ", " ON DUPLICATE KEY UPDATE ", ""));
  }

  @Override
  public String insertOrIgnore(String table, List<String> columns) {
    return upsert(table, columns, List.of());
  }

  @Override
  public String fullTextMatch(String table, String column) {
    return "MATCH(%s.%s) AGAINST (? IN BOOLEAN MODE)".formatted(table, column);
  }

  /** In double quotes nothing but the double quote itself has a meaning. */
  @Override
  public String fullTextQuery(List<String> words) {
    return words.stream()
        .map(word -> "+\"" + word.replace('"', ' ') + '"')
        .collect(Collectors.joining(" "));
  }

  @Override
  public StoreException translate(SQLException e) {
    return switch (MariaDbFailure.of(e)) {
      case FULL ->
        new StoreException.Full(
            "the database server has no room (%s): make some on its disk".formatted(e.getMessage()),
            e);
      case PERMANENT ->
        MariaDbFailure.isRefusal(e)
            ? new StoreException.WrongSetup(
                "the database server refuses us: %s; mend the user, its password or its rights"
                    .formatted(e.getMessage()),
                e)
            : new StoreException.Unusable(
                "a table on the database server is missing or damaged (%s): restore its backup"
                    .formatted(e.getMessage()),
                e);
      case AGAIN, AWAY ->
        new StoreException.Transient(
            "the database server cannot do it now (%s); try again in a while"
                .formatted(e.getMessage()),
            e);
      case OWN -> own(e);
    };
  }

  private static StoreException own(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    int code = e.getErrorCode();
    boolean refused = state.startsWith("22") || state.startsWith("23") || state.startsWith("42");
    return refused || code == 1366 || code == 1406 || code == 3819
        ? new StoreException.Constraint("a statement was refused: " + e.getMessage(), e)
        : new StoreException.Transient(
            "the database server failed: %s; if it stays so, look into its log"
                .formatted(e.getMessage()),
            e);
  }
}
