package org.longwire.relay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class SqlErrorsTest {
  private static SQLiteException of(SQLiteErrorCode code) {
    return new SQLiteException("words", code);
  }

  /** Of the primary codes, those for which something holds. */
  private static Set<SQLiteErrorCode> primary(Predicate<SQLException> holds) {
    Set<SQLiteErrorCode> found = EnumSet.noneOf(SQLiteErrorCode.class);
    for (SQLiteErrorCode code : SQLiteErrorCode.values()) {
      if (code.code > 0 && code.code < 100 && holds.test(of(code))) {
        found.add(code);
      }
    }
    return found;
  }

  @ParameterizedTest
  @CsvSource({
    "SQLITE_FULL, Full, true",
    "SQLITE_READONLY, ReadOnly, true",
    "SQLITE_READONLY_DBMOVED, ReadOnly, true",
    "SQLITE_PERM, ReadOnly, true",
    "SQLITE_AUTH, ReadOnly, true",
    "SQLITE_CORRUPT, Unusable, false",
    "SQLITE_CORRUPT_VTAB, Unusable, false",
    "SQLITE_NOTADB, Unusable, false",
    "SQLITE_CANTOPEN, Transient, true",
    "SQLITE_IOERR_FSYNC, Transient, true",
    "SQLITE_BUSY, Transient, true",
    "SQLITE_BUSY_SNAPSHOT, Transient, true",
    "SQLITE_INTERRUPT, Transient, true",
    "SQLITE_CONSTRAINT_UNIQUE, Constraint, false",
    "SQLITE_MISMATCH, Constraint, false",
    "SQLITE_TOOBIG, Constraint, false",
    "SQLITE_RANGE, Constraint, false",
    "SQLITE_ERROR, Constraint, false",
    "SQLITE_MISUSE, Constraint, false",
  })
  void aResultCodeSaysWhatFailedAndWhetherItMayBeTriedAgain(
      SQLiteErrorCode code, String kind, boolean mayRetry) {
    SQLiteException cause = of(code);
    StoreException failure = SqlErrors.translate(cause, "the file");
    assertEquals(kind, failure.getClass().getSimpleName());
    assertEquals(mayRetry, failure.mayRetry());
    assertEquals(cause, failure.getCause());
    boolean names = failure.getMessage().contains("the file");
    assertTrue(names || failure instanceof StoreException.Constraint, failure.getMessage());
  }

  @Test
  void aConnectionIsOpenedAnewAfterWhatMayHaveSpoiltIt() {
    assertEquals(
        EnumSet.of(
            SQLiteErrorCode.SQLITE_IOERR,
            SQLiteErrorCode.SQLITE_CORRUPT,
            SQLiteErrorCode.SQLITE_NOTADB,
            SQLiteErrorCode.SQLITE_READONLY,
            SQLiteErrorCode.SQLITE_CANTOPEN,
            SQLiteErrorCode.SQLITE_PROTOCOL,
            SQLiteErrorCode.SQLITE_NOMEM),
        primary(SqlErrors::spoilsConnection));
    assertTrue(SqlErrors.spoilsConnection(new SQLException("the driver's own complaint")));
  }

  @Test
  void somebodyElsesLockIsNoFault() {
    assertEquals(
        EnumSet.of(SQLiteErrorCode.SQLITE_BUSY, SQLiteErrorCode.SQLITE_LOCKED),
        primary(SqlErrors::isBusy));
    assertTrue(SqlErrors.isBusy(of(SQLiteErrorCode.SQLITE_BUSY_RECOVERY)));
    assertFalse(SqlErrors.isBusy(new SQLException("the driver's own complaint")));
  }

  @Test
  void readingMayFailBecauseNothingCanBeWrittenBesideTheFile() {
    assertEquals(
        EnumSet.of(
            SQLiteErrorCode.SQLITE_CANTOPEN,
            SQLiteErrorCode.SQLITE_READONLY,
            SQLiteErrorCode.SQLITE_PERM,
            SQLiteErrorCode.SQLITE_IOERR),
        primary(SqlErrors::needsToWrite));
    assertTrue(SqlErrors.needsToWrite(of(SQLiteErrorCode.SQLITE_READONLY_CANTINIT)));
  }

  @Test
  void damageIsSeenThroughOurOwnWords() {
    assertEquals(
        EnumSet.of(SQLiteErrorCode.SQLITE_CORRUPT, SQLiteErrorCode.SQLITE_NOTADB),
        primary(SqlErrors::isDamage));
    SQLiteException damage = of(SQLiteErrorCode.SQLITE_NOTADB);
    assertTrue(SqlErrors.isDamage(SqlErrors.translate(damage, "the file")));
    assertFalse(SqlErrors.isDamage(new StoreException.Unusable("newer than this program")));
    assertFalse(
        SqlErrors.isDamage(SqlErrors.translate(of(SQLiteErrorCode.SQLITE_IOERR), "the file")));
    assertFalse(SqlErrors.isDamage(new IllegalStateException(damage)));
  }
}
