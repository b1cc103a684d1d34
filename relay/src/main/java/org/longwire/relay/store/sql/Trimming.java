package org.longwire.relay.store.sql;

import java.sql.SQLException;
import java.time.Instant;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.Transaction;
import org.longwire.relay.store.Work;
import org.longwire.relay.store.WritableStore;

/** Removes the oldest rows of a table whose ids tell the time, a bounded transaction at a time. */
final class Trimming {
  /** Rows in one transaction: a cluster holds them in memory (§2.8 of the storage reference). */
  static final int BATCH = 500;

  private final String lastOfBatch;
  private final String nth;
  private final String count;
  private final String delete;

  /** @param table a constant of the program */
  Trimming(String table) {
    this.lastOfBatch = "SELECT max(id) FROM (SELECT id FROM " + table
        + " WHERE id < ? ORDER BY id LIMIT " + BATCH + ") AS oldest";
    this.nth = "SELECT id FROM " + table + " ORDER BY id LIMIT 1 OFFSET ?";
    this.count = "SELECT count(*) FROM " + table;
    this.delete = "DELETE FROM " + table + " WHERE id <= ?";
  }

  long count(WritableStore store) throws StoreException {
    return store.read(this::count);
  }

  private long count(Transaction tx) throws SQLException {
    return tx.first(count, row -> row.getLong(1)).orElse(0L);
  }

  /** Removes up to {@link #BATCH} rows that are older, within a transaction. */
  int olderThan(Transaction tx, Instant time) throws SQLException {
    long last =
        tx.first(lastOfBatch, row -> row.getLong(1), TimeIds.first(time)).orElse(0L);
    return last == 0 ? 0 : tx.update(delete, last);
  }

  /** Removes up to {@link #BATCH} of the oldest rows beyond a number, within a transaction. */
  int beyond(Transaction tx, long keep) throws SQLException {
    long surplus = Math.min(count(tx) - Math.max(keep, 0), BATCH);
    if (surplus <= 0) {
      return 0;
    }
    return tx.update(delete, tx.first(nth, row -> row.getLong(1), surplus - 1).orElse(0L));
  }

  /** Removes up to {@link #BATCH} rows, older ones first, then such beyond a number; durable. */
  int some(WritableStore store, Instant olderThan, long keep) throws StoreException {
    return Writes.durable(store, Work.large(tx -> {
      int removed = olderThan(tx, olderThan);
      return removed > 0 ? removed : beyond(tx, keep);
    }));
  }
}
