package org.longwire.relay.store;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The words that MariaDB, MySQL and what speaks like them have in common. */
record MariaDbDialect() implements Dialect {
  /** Deadlock, lock wait, certification failure, lost or unready servers, fail-over. */
  private static final Set<Integer> PASSING =
      Set.of(1040, 1047, 1205, 1213, 1290, 1836, 2006, 2013, 8002, 8022, 9007);

  /** The table, the disk or a log has no room. */
  private static final Set<Integer> FULL = Set.of(1021, 1114);

  /** A wrong password, a missing right or database. */
  private static final Set<Integer> REFUSED = Set.of(1044, 1045, 1049, 1142, 1698);

  /** A missing or damaged table or column: a person must mend it. */
  private static final Set<Integer> UNUSABLE = Set.of(1054, 1146, 1034, 1194, 1195);

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
    String sentence = "the database failed: " + e.getMessage();
    String state = String.valueOf(e.getSQLState());
    int code = e.getErrorCode();
    if (FULL.contains(code)) {
      return new StoreException.Full("no space left: " + e.getMessage(), e);
    }
    if (REFUSED.contains(code)) {
      return new StoreException.WrongSetup(
          "the database server refuses us: %s; mend the user, its password or its rights"
              .formatted(e.getMessage()),
          e);
    }
    if (UNUSABLE.contains(code)) {
      return new StoreException.Unusable(sentence, e);
    }
    if (PASSING.contains(code) || state.startsWith("08") || state.equals("40001")) {
      return new StoreException.Transient(sentence, e);
    }
    boolean refused = state.startsWith("22") || state.startsWith("23") || state.startsWith("42");
    return refused || code == 1366 || code == 1406 || code == 3819
        ? new StoreException.Constraint("a statement was refused: " + e.getMessage(), e)
        : new StoreException.Transient(sentence, e);
  }
}
