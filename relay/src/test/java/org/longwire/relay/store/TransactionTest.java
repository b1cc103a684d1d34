package org.longwire.relay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a transaction takes and gives, whichever driver is under it. */
class TransactionTest {
  private static final String ADD = "INSERT INTO t VALUES (?, ?)";
  private static final String ALL = "SELECT b FROM t ORDER BY a";

  /** On a database in memory with an empty table. */
  abstract static class Contract {
    private Transaction tx;

    abstract Transaction open() throws SQLException;

    @BeforeEach
    void make() throws SQLException {
      tx = open();
      tx.update("CREATE TABLE t (a INTEGER PRIMARY KEY, b ANY)");
    }

    private List<Optional<String>> all() throws SQLException {
      return tx.list(ALL, row -> Optional.ofNullable(row.getString(1)));
    }

    @Test
    void everyTypeOfOursHasItsColumn() throws SQLException {
      assertEquals(1, tx.update(ADD, 1, "text"));
      tx.update(ADD, 2, Instant.ofEpochMilli(1_234));
      tx.update(ADD, 3L, Optional.of(5L));
      tx.update(ADD, Optional.of(4), Optional.empty());
      tx.update(ADD, 5, StoreState.OPEN);
      assertEquals(
          List.of(
              Optional.of("text"),
              Optional.of("1234"),
              Optional.of("5"),
              Optional.empty(),
              Optional.of("OPEN")),
          all());
    }

    @Test
    void whatNoColumnTakesIsABugAndChangesNothing() throws SQLException {
      assertThrows(IllegalArgumentException.class, () -> tx.update(ADD, 1, List.of()));
      assertEquals(List.of(), all());
      assertEquals(1, tx.update(ADD, 1, new BigDecimal("7")));
    }

    @Test
    void theFirstRowIsAllThatIsAskedFor() throws SQLException {
      assertEquals(Optional.empty(), tx.first(ALL, row -> row.getString(1)));
      tx.update(ADD, 1, "one");
      tx.update(ADD, 2, "two");
      assertEquals(Optional.of("one"), tx.first(ALL, row -> row.getString(1)));
      assertEquals(
          Optional.of("two"), tx.first("SELECT b FROM t WHERE a = ?", row -> row.getString(1), 2));
      assertEquals(2, tx.update("UPDATE t SET b = 'x'"));
    }

    @Test
    void aWrongStatementDoesNotHinderTheNext() throws SQLException {
      tx.update(ADD, 1, "one");
      assertThrows(SQLException.class, () -> tx.update(ADD, 1, "again"));
      assertThrows(SQLException.class, () -> tx.list("SELECT c FROM t", row -> row.getString(1)));
      tx.update(ADD, 2, "two");
      assertEquals(List.of(Optional.of("one"), Optional.of("two")), all());
    }
  }

  @Nested
  class OnAFile extends Contract {
    private OpenFile file;

    @Override
    Transaction open() throws SQLException {
      file = OpenFile.connect(Database.MEMORY, false);
      return file;
    }

    @AfterEach
    void close() throws SQLException {
      file.close();
    }

    @Test
    void moreStatementsThanAProgramHasAreABug() throws SQLException {
      // One is there already.
      for (int i = 1; i < OpenFile.MAX_STATEMENTS; i++) {
        file.first("SELECT " + i, row -> row.getInt(1));
      }
      assertEquals(Optional.of(1), file.first("SELECT 1", row -> row.getInt(1)));
      assertThrows(
          IllegalStateException.class, () -> file.first("SELECT 'more'", row -> row.getInt(1)));
    }
  }

  /** The server's transaction needs nothing of its server, so any connection will do. */
  @Nested
  class OverAPool extends Contract {
    private Connection connection;

    @Override
    Transaction open() throws SQLException {
      connection = DriverManager.getConnection("jdbc:sqlite::memory:");
      return new MariaDbTransaction(connection, Optional.of(Duration.ofMillis(1)));
    }

    @AfterEach
    void close() throws SQLException {
      connection.close();
    }
  }
}
