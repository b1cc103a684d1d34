package org.longwire.relay.store;

import java.sql.SQLException;

/**
 * Something to do in a transaction. It may be run again on another connection if the first attempt
 * failed, so it keeps nothing outside its result.
 */
@FunctionalInterface
public interface Work<T> {
  /** What a few rows and their index entries are reckoned at. */
  int SMALL = 1_024;

  T run(Transaction transaction) throws SQLException, StoreException;

  /** About how many bytes it writes; a group of writes is bounded by the sum. Any thread. */
  default int bytes() {
    return SMALL;
  }

  /** The same, reckoned as much as a group may be, so that it is committed alone. */
  static <T> Work<T> large(Work<T> work) {
    return new Work<>() {
      @Override
      public T run(Transaction transaction) throws SQLException, StoreException {
        return work.run(transaction);
      }

      @Override
      public int bytes() {
        return WorkerExecutor.GROUP_BYTES;
      }
    };
  }
}
