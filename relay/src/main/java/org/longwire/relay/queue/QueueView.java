package org.longwire.relay.queue;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.longwire.relay.store.DatabaseReader;
import org.longwire.relay.store.Schema;
import org.longwire.relay.store.StoreException;

/**
 * What waits and what was delivered last, for {@code queue} and {@code status}; also while a daemon
 * writes. Marks of the last seconds may be missing.
 */
public final class QueueView implements AutoCloseable {
  private static final String COUNTS = """
      SELECT CASE WHEN radio IS NULL THEN 'TO_MATRIX' ELSE 'TO_MESH' END AS direction, state,
        count(*)
      FROM outbox GROUP BY direction, state ORDER BY direction, state
      """;

  private static final String LINES = """
      SELECT outbox.id, lane, outbox.accepted_at, outbox.expires_at, not_before, settled_at,
        attempts, outbox.reason, part, parts, token, remote_id, state, sender,
        coalesce(latest, text)
      FROM outbox JOIN inbox ON inbox.id = outbox.id & -%d
      """.formatted(IdSequence.BLOCK);

  private static final String WAITING =
      LINES + " WHERE state = 'WAITING' ORDER BY outbox.id LIMIT ?";

  private static final String SETTLED =
      LINES + " WHERE state <> 'WAITING' ORDER BY settled_at DESC, outbox.id DESC LIMIT ?";

  private static final String OLDEST =
      "SELECT accepted_at FROM outbox WHERE state = 'WAITING' ORDER BY id LIMIT 1";

  private final DatabaseReader reader;

  private QueueView(DatabaseReader reader) {
    this.reader = reader;
  }

  /**
   * Opens the ledger for reading.
   *
   * @throws StoreException.Unusable if there is none, or one of another version
   */
  public static QueueView open(Path ledger) throws StoreException {
    return new QueueView(DatabaseReader.open(ledger, Schema.LEDGER));
  }

  /** Which way a delivery goes. */
  public enum Direction {
    TO_MATRIX,
    TO_MESH
  }

  /** How many deliveries of one direction have one fate. */
  public record Count(Direction direction, Fate fate, long entries) {}

  /**
   * One delivery in a list.
   *
   * @param notBefore when it is tried next; empty if it is not put off
   * @param settledAt empty while it waits
   * @param reason of its last failure; may be empty
   * @param text of its message, as the author left it last
   */
  public record Line(
      long id,
      Address address,
      Instant acceptedAt,
      Instant expiresAt,
      Optional<Instant> notBefore,
      Optional<Instant> settledAt,
      int attempts,
      String reason,
      int part,
      int parts,
      String token,
      String remoteId,
      Fate fate,
      String sender,
      String text) {
    private static Line read(ResultSet row) throws SQLException {
      return new Line(
          row.getLong(1),
          new Lane(row.getString(2)).address(),
          Instant.ofEpochMilli(row.getLong(3)),
          Instant.ofEpochMilli(row.getLong(4)),
          time(row.getLong(5)),
          time(row.getLong(6)),
          row.getInt(7),
          row.getString(8),
          row.getInt(9),
          row.getInt(10),
          row.getString(11),
          row.getString(12),
          Fate.valueOf(row.getString(13)),
          row.getString(14),
          row.getString(15));
    }

    /** NULL reads as 0. */
    private static Optional<Instant> time(long millis) {
      return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
  }

  /** How many there are of each kind; a kind without any is not listed. */
  public List<Count> counts() throws StoreException {
    return reader.read(tx -> tx.list(
        COUNTS,
        row -> new Count(
            Direction.valueOf(row.getString(1)), Fate.valueOf(row.getString(2)), row.getLong(3))));
  }

  /** How many deliveries wait. */
  public int waiting(Direction direction) throws StoreException {
    return (int) counts().stream()
        .filter(count -> count.fate() == Fate.WAITING && count.direction() == direction)
        .mapToLong(Count::entries)
        .sum();
  }

  /** When the oldest waiting delivery was accepted; empty if none waits. */
  public Optional<Instant> oldestWaiting() throws StoreException {
    return reader.read(tx -> tx.first(OLDEST, row -> Instant.ofEpochMilli(row.getLong(1))));
  }

  /** What waits, the oldest first. */
  public List<Line> waiting(int limit) throws StoreException {
    return reader.read(tx -> tx.list(WAITING, Line::read, limit));
  }

  /** What met its fate last, the latest first. */
  public List<Line> settled(int limit) throws StoreException {
    return reader.read(tx -> tx.list(SETTLED, Line::read, limit));
  }

  @Override
  public void close() {
    reader.close();
  }
}
