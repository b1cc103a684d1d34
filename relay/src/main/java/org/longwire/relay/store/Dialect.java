package org.longwire.relay.store;

import java.sql.SQLException;
import java.util.List;

/**
 * What differs between the databases that the store may live in: few words of SQL, and how they say
 * what went wrong (reference: storage-and-reliability.md §2.8). Without state.
 *
 * <p>Names of tables and columns are constants of the program; they are not quoted.
 */
public sealed interface Dialect permits SqliteDialect, MariaDbDialect {
  Dialect SQLITE = new SqliteDialect();
  Dialect MARIADB = new MariaDbDialect();

  /** How files and sentences call it: {@code sqlite}, {@code mariadb}. */
  String name();

  /**
   * A statement that inserts a row or, if its keys exist, replaces its other columns. The values
   * are those of the keys, then of the others.
   *
   * @param keys the columns of the one unique key of the table
   * @param others what is replaced; if empty, a row that exists stays as it is
   */
  String upsert(String table, List<String> keys, List<String> others);

  /** A statement that inserts a row, and changes nothing if one with its keys exists. */
  String insertOrIgnore(String table, List<String> columns);

  /**
   * The file of a migration for this dialect.
   *
   * @param path with or without the ending of any dialect: {@code sql/store/01-store},
   *     {@code sql/store/01-store.sqlite.sql}
   */
  default String resource(String path) {
    return path.replaceFirst("(\\.(sqlite|mariadb))?(\\.sql)?$", "") + "." + name() + ".sql";
  }

  /**
   * A condition with one parameter, a {@link #fullTextQuery}.
   *
   * @param table the full-text table in SQLite, the table with the index in MariaDB
   */
  String fullTextMatch(String table, String column);

  /** A query for rows that hold all words. Words are words: nothing in them is an operator. */
  String fullTextQuery(List<String> words);

  /** What the driver says, by code and never by words, as one of our failures. */
  StoreException translate(SQLException e);
}
