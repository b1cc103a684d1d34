package org.longwire.relay.queue;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.longwire.relay.store.Transaction;

/**
 * Removes the words and the deliveries of settled messages when they have been kept long enough.
 * The bare row stays for a while, so that the message is still known.
 */
final class Retention {
  /** Rows kept at least, whatever their age: a room may be read again from far back. */
  static final int KEEP_ROWS = 10_000;

  /** Messages in one transaction, so that no commit holds up a message for long. */
  static final int BATCH = 500;

  private static final String SELECT_SURPLUS =
      "SELECT id FROM inbox ORDER BY id DESC LIMIT 1 OFFSET ?";

  private static final String SELECT_STALE = """
      SELECT id FROM inbox
      WHERE id < ? AND (purged = 0 OR id <= ?)
        AND NOT EXISTS (
          SELECT 1 FROM outbox
          WHERE outbox.id > inbox.id AND outbox.id < inbox.id + %d
            AND (outbox.state = 'WAITING' OR outbox.settled_at > ?))
      ORDER BY id LIMIT ?
      """.formatted(IdSequence.BLOCK);

  private static final String BLANK = """
      UPDATE inbox SET purged = 1, text = '', latest = NULL, sender = '', place = '',
        verdict = coalesce(verdict, (
          SELECT CASE max(CASE state WHEN 'REFUSED' THEN 3 WHEN 'EXPIRED' THEN 2
            WHEN 'FILTERED' THEN 0 ELSE 1 END)
            WHEN 3 THEN 'REFUSED' WHEN 2 THEN 'EXPIRED' WHEN 1 THEN 'DELIVERED' ELSE 'FILTERED' END
          FROM outbox WHERE outbox.id > inbox.id AND outbox.id < inbox.id + %d))
      WHERE id = ?
      """.formatted(IdSequence.BLOCK);

  private static final String DELETE_DELIVERIES = "DELETE FROM outbox WHERE id > ? AND id < ?";

  private static final String DELETE_MESSAGE = "DELETE FROM inbox WHERE id = ?";

  private Retention() {}

  /**
   * Which messages are due.
   *
   * @param ids in the order of acceptance, at most {@link #BATCH}
   * @param surplus the greatest id beyond the rows to keep
   */
  record Stale(List<Long> ids, long surplus) {}

  static Stale find(Transaction transaction, Instant now, Duration keep) throws SQLException {
    Duration atLeast = keep.compareTo(Inbox.DEDUPE_WINDOW) < 0 ? Inbox.DEDUPE_WINDOW : keep;
    Instant cutoff = now.minus(atLeast);
    long surplus =
        transaction.first(SELECT_SURPLUS, row -> row.getLong(1), KEEP_ROWS).orElse(-1L);
    List<Long> ids = transaction.list(
        SELECT_STALE, row -> row.getLong(1), IdSequence.firstAt(cutoff), surplus, cutoff, BATCH);
    return new Stale(ids, surplus);
  }

  static int remove(Transaction transaction, Stale stale) throws SQLException {
    for (long id : stale.ids) {
      if (id <= stale.surplus) {
        transaction.update(DELETE_MESSAGE, id);
      } else {
        transaction.update(BLANK, id);
      }
      transaction.update(DELETE_DELIVERIES, id, id + IdSequence.BLOCK);
    }
    return stale.ids.size();
  }
}
