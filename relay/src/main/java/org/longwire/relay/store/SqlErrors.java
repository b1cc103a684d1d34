package org.longwire.relay.store;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Turns what SQLite says into our exceptions, by result code and never by words. */
final class SqlErrors {
  /** The low byte of an extended result code is the primary one. */
  private static final int PRIMARY = 0xff;

  private SqlErrors() {}

  static StoreException translate(SQLException e) {
    String sentence = "the database failed: " + e.getMessage();
    return switch (primary(e)) {
      case SQLITE_FULL -> new StoreException.Full("no space left: " + e.getMessage(), e);
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH ->
        new StoreException.ReadOnly("the database cannot be written: " + e.getMessage(), e);
      case SQLITE_CORRUPT, SQLITE_NOTADB -> new StoreException.Unusable(sentence, e);
      case SQLITE_CONSTRAINT,
          SQLITE_MISMATCH,
          SQLITE_TOOBIG,
          SQLITE_RANGE,
          SQLITE_ERROR,
          SQLITE_MISUSE ->
        new StoreException.Constraint("a statement was refused: " + e.getMessage(), e);
      default -> new StoreException.Transient(sentence, e);
    };
  }

  /** Whether the connection is better opened anew before it is used again. */
  static boolean spoilsConnection(SQLException e) {
    return switch (primary(e)) {
      case SQLITE_IOERR,
          SQLITE_CORRUPT,
          SQLITE_NOTADB,
          SQLITE_READONLY,
          SQLITE_CANTOPEN,
          SQLITE_PROTOCOL,
          SQLITE_NOMEM,
          UNKNOWN_ERROR -> true;
      default -> false;
    };
  }

  /** Whether somebody else holds the file, which passes without a new connection. */
  static boolean isBusy(SQLException e) {
    return switch (primary(e)) {
      case SQLITE_BUSY, SQLITE_LOCKED -> true;
      default -> false;
    };
  }

  /** Whether reading failed because SQLite wanted to make or change a file for it. */
  static boolean needsToWrite(SQLException e) {
    return switch (primary(e)) {
      case SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PERM, SQLITE_IOERR -> true;
      default -> false;
    };
  }

  /** Whether the file itself is damaged. */
  static boolean isDamage(Throwable e) {
    if (e instanceof SQLException sql) {
      return switch (primary(sql)) {
        case SQLITE_CORRUPT, SQLITE_NOTADB -> true;
        default -> false;
      };
    }
    return e instanceof StoreException own && own.getCause() != null && isDamage(own.getCause());
  }

  private static SQLiteErrorCode primary(SQLException e) {
    if (e instanceof SQLiteException sqlite) {
      return SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & PRIMARY);
    }
    // The driver's own complaints: a closed connection, a statement that is gone.
    return SQLiteErrorCode.UNKNOWN_ERROR;
  }
}
