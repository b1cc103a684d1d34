package org.longwire.relay.store;

import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Turns what SQLite says into our exceptions, by result code and never by words. */
final class SqlErrors {
  /** The low byte of an extended result code is the primary one. */
  private static final int PRIMARY = 0xff;

  private SqlErrors() {}

  /** @param path the file, or what it is called, for the sentence */
  static StoreException translate(SQLException e, Object path) {
    return switch (primary(e)) {
      case SQLITE_FULL ->
        new StoreException.Full(
            "the disk of %s is full: make room; nothing accepted is lost".formatted(path), e);
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH ->
        new StoreException.ReadOnly(
            ("%s cannot be written: has its disk become read-only,"
                    + " or does the file belong to another user?")
                .formatted(path),
            e);
      case SQLITE_CORRUPT, SQLITE_NOTADB -> damaged(path, e);
      case SQLITE_IOERR ->
        new StoreException.Transient(
            ("the disk of %s fails (%s): look for its errors in the system's journal and have"
                    + " another one ready; nothing accepted is lost")
                .formatted(path, e.getMessage()),
            e);
      case SQLITE_CANTOPEN ->
        new StoreException.Transient(
            "%s cannot be opened: is it a plain file that this user may write?".formatted(path), e);
      case SQLITE_CONSTRAINT,
          SQLITE_MISMATCH,
          SQLITE_TOOBIG,
          SQLITE_RANGE,
          SQLITE_ERROR,
          SQLITE_MISUSE ->
        new StoreException.Constraint("a statement was refused: " + e.getMessage(), e);
      case SQLITE_BUSY, SQLITE_LOCKED ->
        new StoreException.Transient(
            "another process keeps %s locked: find and end it".formatted(path), e);
      default -> new StoreException.Transient("%s failed: %s".formatted(path, e.getMessage()), e);
    };
  }

  /** What was met in a file of a schema, for people who look at it from outside. */
  static StoreException translate(SQLException e, Path path, Schema schema) {
    return schema.equals(Schema.STORE) && isDamage(e) ? damagedStore(path, e) : translate(e, path);
  }

  static StoreException damaged(Object path, SQLException cause) {
    return new StoreException.Unusable(
        ("%s is damaged: stop the relay and put a backup in its place (longwire db restore), or"
                + " move it and the files beside it whose names begin like it to a safe place, and"
                + " start; what waited in it is only there")
            .formatted(path),
        cause);
  }

  /** The same of a store, which the daemon replaces by itself. */
  static StoreException damagedStore(Path path, Throwable cause) {
    return new StoreException.Unusable(
        ("%s is damaged: the next start of the daemon keeps it under another name and puts the"
                + " newest good backup in its place; longwire db restore lets you choose which")
            .formatted(path),
        cause);
  }

  /** Whether the disk itself has failed. */
  static boolean isInputOutput(SQLException e) {
    return primary(e) == SQLiteErrorCode.SQLITE_IOERR;
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

  /** Whether a progress handler has ended the statement. */
  static boolean isInterrupt(SQLException e) {
    return primary(e) == SQLiteErrorCode.SQLITE_INTERRUPT;
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
