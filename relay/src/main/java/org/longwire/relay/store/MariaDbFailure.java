package org.longwire.relay.store;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/** What is to be done about a failure of MariaDB (reference: storage-and-reliability.md §2.8). */
enum MariaDbFailure {
  /** Roll back and run the same transaction again: deadlocks and their like. */
  AGAIN,
  /** The connection or the server is gone or not ready: later, over another connection. */
  AWAY,
  /** Our own statement was refused; it spoils itself alone. */
  OWN,
  /** The table, the disk or a log has no room. */
  FULL,
  /** Nothing helps but a person. */
  PERMANENT;

  /** A row with this key is there already. */
  private static final int DUPLICATE_KEY = 1062;

  /** Deadlock, lock wait, and their like in TiDB. */
  private static final Set<Integer> AGAIN_CODES = Set.of(1213, 1205, 8022, 9007, 8002);

  /** Lost connections, a cluster node that is not ready, a server that is read-only for now. */
  private static final Set<Integer> AWAY_CODES = Set.of(2006, 2013, 1047, 1290, 1836, 1053, 1040);

  private static final Set<Integer> FULL_CODES = Set.of(1021, 1114);

  /** A wrong password, a missing right or database. */
  private static final Set<Integer> REFUSAL_CODES = Set.of(1044, 1045, 1049, 1142, 1698);

  /** A missing or damaged table or column. */
  private static final Set<Integer> UNUSABLE_CODES = Set.of(1054, 1146, 1034, 1194, 1195);

  /** MariaDB's and MySQL's. */
  private static final Set<Integer> TIMEOUT_CODES = Set.of(1969, 3024);

  static MariaDbFailure of(SQLException failure) {
    SQLException e = root(failure);
    int code = e.getErrorCode();
    String state = Optional.ofNullable(e.getSQLState()).orElse("");
    if (AGAIN_CODES.contains(code) || state.equals("40001")) {
      return AGAIN;
    }
    if (REFUSAL_CODES.contains(code) || UNUSABLE_CODES.contains(code)) {
      return PERMANENT;
    }
    if (FULL_CODES.contains(code)) {
      return FULL;
    }
    // The pool's own complaints have no code: there was no connection to be had.
    boolean noServer = code == 0 && !state.startsWith("2") && !state.startsWith("4");
    if (AWAY_CODES.contains(code) || state.startsWith("08") || noServer) {
      return AWAY;
    }
    return OWN;
  }

  /** Whether it passes by itself, so that the same is tried again. */
  boolean passes() {
    return this == AGAIN || this == AWAY;
  }

  /** Whether the server will not have us, rather than that something of it is broken. */
  static boolean isRefusal(SQLException e) {
    return REFUSAL_CODES.contains(root(e).getErrorCode());
  }

  /** Whether the server has ended a statement that took longer than it may. */
  static boolean isTimeout(SQLException e) {
    return TIMEOUT_CODES.contains(root(e).getErrorCode());
  }

  static boolean isDuplicateKey(SQLException e) {
    return root(e).getErrorCode() == DUPLICATE_KEY;
  }

  /** What the server said, if the pool has put words of its own around it. */
  static SQLException root(SQLException failure) {
    SQLException e = failure;
    while (e.getErrorCode() == 0 && e.getCause() instanceof SQLException cause) {
      e = cause;
    }
    return e;
  }
}
