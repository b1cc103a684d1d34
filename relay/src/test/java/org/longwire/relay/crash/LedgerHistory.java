package org.longwire.relay.crash;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.longwire.relay.store.DatabaseReader;
import org.longwire.relay.store.Schema;
import org.longwire.relay.store.StoreException;

/** What the ledger says; reads only. */
final class LedgerHistory {
  private static final String ROWS = """
      SELECT inbox.text, inbox.origin, inbox.accepted_at,
        (SELECT count(*) FROM outbox WHERE outbox.id & -64 = inbox.id),
        (SELECT count(*) FROM outbox WHERE outbox.id & -64 = inbox.id AND state = 'DELIVERED'),
        (SELECT count(*) FROM outbox
          WHERE outbox.id & -64 = inbox.id AND history LIKE '%renewed %'),
        inbox.verdict
      FROM inbox ORDER BY inbox.id
      """;

  private static final String WAITING = "SELECT count(*) FROM outbox WHERE state = 'WAITING'";

  private static final String WAITING_LINES =
      "SELECT lane || ' ' || token || ' ' || attempts || ' ' || reason || ' ' || payload"
          + " FROM outbox WHERE state = 'WAITING' ORDER BY id LIMIT 10";

  private static final String BOOKMARKS = "SELECT count(*) FROM sync_state";

  private final Path file;

  LedgerHistory(Path file) {
    this.file = file;
  }

  /**
   * An accepted message.
   *
   * @param deliveries how many it gave rise to
   * @param renewed how many of these got another id because the radio refused the first
   */
  record Row(
      String text,
      String origin,
      Instant acceptedAt,
      int deliveries,
      int delivered,
      int renewed,
      Optional<String> verdict) {
    boolean isFromMesh() {
      return origin.startsWith("packet ");
    }

    boolean isFromRoom() {
      return origin.startsWith("event ");
    }
  }

  /** In the order of acceptance. */
  List<Row> rows() throws StoreException {
    try (DatabaseReader reader = DatabaseReader.open(file, Schema.LEDGER)) {
      return reader.read(tx -> tx.list(
          ROWS,
          row -> new Row(
              row.getString(1),
              row.getString(2),
              Instant.ofEpochMilli(row.getLong(3)),
              row.getInt(4),
              row.getInt(5),
              row.getInt(6),
              Optional.ofNullable(row.getString(7)))));
    }
  }

  int waiting() throws StoreException {
    return count(WAITING);
  }

  List<String> waitingLines() throws StoreException {
    try (DatabaseReader reader = DatabaseReader.open(file, Schema.LEDGER)) {
      return reader.read(tx -> tx.list(WAITING_LINES, row -> row.getString(1)));
    }
  }

  /** Whether the daemon has begun to read the rooms; what was said before is history. */
  boolean hasBookmark() {
    try {
      return count(BOOKMARKS) > 0;
    } catch (StoreException e) {
      // Not made yet.
      return false;
    }
  }

  private int count(String sql) throws StoreException {
    try (DatabaseReader reader = DatabaseReader.open(file, Schema.LEDGER)) {
      return reader.read(tx -> tx.first(sql, row -> row.getInt(1))).orElse(0);
    }
  }
}
