package org.longwire.relay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DialectTest {
  private static final List<String> KEYS = List.of("a", "b");

  @Test
  void sqliteReplacesOnConflict() {
    assertEquals(
        "INSERT INTO t (a, b, c) VALUES (?, ?, ?) ON CONFLICT (a, b) DO UPDATE SET c = excluded.c",
        Dialect.SQLITE.upsert("t", KEYS, List.of("c")));
    assertEquals(
        "INSERT INTO t (a, b) VALUES (?, ?) ON CONFLICT (a, b) DO NOTHING",
        Dialect.SQLITE.upsert("t", KEYS, List.of()));
    assertEquals(
        "INSERT INTO t (a, b) VALUES (?, ?) ON CONFLICT DO NOTHING",
        Dialect.SQLITE.insertOrIgnore("t", KEYS));
  }

  @Test
  void mariaDbReplacesOnDuplicateKey() {
    assertEquals(
        "INSERT INTO t (a, b, c) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE c = VALUES(c)",
        Dialect.MARIADB.upsert("t", KEYS, List.of("c")));
    assertEquals(
        "INSERT INTO t (a, b) VALUES (?, ?) ON DUPLICATE KEY UPDATE a = a",
        Dialect.MARIADB.insertOrIgnore("t", KEYS));
  }

  @Test
  void sqliteDoesWhatItsStatementsSay() throws Exception {
    try (OpenFile open = OpenFile.connect(Database.MEMORY, false)) {
      open.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, c TEXT NOT NULL)");
      String upsert = Dialect.SQLITE.upsert("t", List.of("a"), List.of("c"));
      open.update(upsert, 1, "first");
      open.update(upsert, 1, "second");
      open.update(Dialect.SQLITE.insertOrIgnore("t", List.of("a", "c")), 1, "third");
      assertEquals(Optional.of("second"), open.ask("SELECT c FROM t"));
    }
  }

  @Test
  void aMigrationHasAFileForEachDialect() {
    assertEquals("sql/store/01-store.sqlite.sql", Dialect.SQLITE.resource("sql/store/01-store"));
    assertEquals(
        "sql/store/01-store.mariadb.sql",
        Dialect.MARIADB.resource("sql/store/01-store.sqlite.sql"));
    assertEquals(
        "sql/store/01-store.sqlite.sql", Dialect.SQLITE.resource("sql/store/01-store.sqlite.sql"));
  }

  @Test
  void wordsOfASearchAreNeverOperators() throws Exception {
    List<String> words = List.of("NOT", "a\"b", "x*", "NEAR(");
    assertEquals("\"NOT\" \"a\"\"b\" \"x*\" \"NEAR(\"", Dialect.SQLITE.fullTextQuery(words));
    assertEquals("+\"NOT\" +\"a b\" +\"x*\" +\"NEAR(\"", Dialect.MARIADB.fullTextQuery(words));
    try (OpenFile open = OpenFile.connect(Database.MEMORY, false)) {
      open.execute("CREATE VIRTUAL TABLE t USING fts5(text)");
      open.update("INSERT INTO t VALUES (?)", "not near x of a b");
      open.update("INSERT INTO t VALUES (?)", "x");
      String sql = "SELECT text FROM t WHERE " + Dialect.SQLITE.fullTextMatch("t", "text");
      assertEquals(
          List.of("not near x of a b"),
          open.list(sql, r -> r.getString(1), Dialect.SQLITE.fullTextQuery(words)));
    }
  }

  @Test
  void mariaDbsCodesBecomeOurFailures() {
    assertInstanceOf(StoreException.Transient.class, mariaDb("40001", 1213));
    assertInstanceOf(StoreException.Transient.class, mariaDb("HY000", 1205));
    assertInstanceOf(StoreException.Transient.class, mariaDb("08S01", 0));
    assertInstanceOf(StoreException.Unusable.class, mariaDb("28000", 1045));
    assertInstanceOf(StoreException.Transient.class, mariaDb("HY000", 1053));
    assertInstanceOf(StoreException.WrongSetup.class, mariaDb("42000", 1142));
    assertInstanceOf(StoreException.Unusable.class, mariaDb("42S02", 1146));
    assertInstanceOf(StoreException.Unusable.class, mariaDb("HY000", 1194));
    assertInstanceOf(StoreException.Full.class, mariaDb("HY000", 1114));
    assertInstanceOf(StoreException.Constraint.class, mariaDb("23000", 1062));
    assertInstanceOf(StoreException.Constraint.class, mariaDb("22001", 1406));
  }

  private static StoreException mariaDb(String state, int code) {
    return Dialect.MARIADB.translate(new SQLException("words", state, code));
  }
}
