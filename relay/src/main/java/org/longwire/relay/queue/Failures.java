package org.longwire.relay.queue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longwire.matrix.EventId;
import org.longwire.matrix.RoomId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.StoreException;

/** Finds what of the rooms did not reach the mesh, or not yet. Any thread. */
public final class Failures {
  /** Rows of one look. */
  public static final int BATCH = 200;

  private static final String SELECT_END =
      "SELECT " + Outbox.COLUMNS + ", state, reason, history, settled_at FROM outbox WHERE id = ?";

  private static final String SELECT_FAILED = "SELECT " + Outbox.COLUMNS + """
       FROM outbox
      WHERE id > ? AND radio IS NOT NULL AND state IN ('REFUSED', 'EXPIRED') AND settled_at >= ?
      ORDER BY id LIMIT ?
      """;

  static final String SELECT_WAITING = """
      SELECT outbox.id, room, substr(origin, ?) FROM outbox INDEXED BY outbox_waiting
      JOIN inbox ON inbox.id = outbox.id & -%d
      WHERE state = 'WAITING' AND lane > ? AND lane < ? AND room <> ''
      ORDER BY outbox.id LIMIT ?
      """.formatted(IdSequence.BLOCK);

  private static final String SELECT_BEGUN = "SELECT message FROM progress WHERE name = 'failures'";

  private static final String BEGIN = """
      INSERT INTO progress(name, message) VALUES ('failures', ?) ON CONFLICT (name) DO NOTHING
      """;

  private final Database database;
  private final Marks marks;

  Failures(Database database, Marks marks) {
    this.database = database;
    this.marks = marks;
  }

  /**
   * How a delivery failed.
   *
   * @param reason for people
   * @param at when
   * @param inDoubt whether it may be on the air all the same
   */
  public record Failure(OutboxEntry entry, Fate fate, String reason, Instant at, boolean inDoubt) {}

  private record Waiting(long id, Origin.Event event) {}

  /** How a delivery failed; empty if it did not, or has gone with age. */
  public Optional<Failure> of(long entry) throws StoreException {
    Optional<Marks.Standing> standing = Optional.ofNullable(marks.standings().get(entry));
    return database
        .read(tx -> tx.first(SELECT_END, row -> read(row, standing), entry))
        .filter(failure -> failure.fate == Fate.REFUSED || failure.fate == Fate.EXPIRED);
  }

  private static Failure read(ResultSet row, Optional<Marks.Standing> standing)
      throws SQLException {
    OutboxEntry entry = Outbox.readEntry(row);
    boolean inDoubt = History.decode(row.getString(12)).isInDoubt()
        || standing.filter(known -> known.attempts() > 0).isPresent();
    return standing.isPresent()
        ? new Failure(
            entry,
            standing.get().fate(),
            standing.get().reason(),
            Instant.ofEpochMilli(standing.get().notBefore()),
            inDoubt)
        : new Failure(
            entry,
            Fate.valueOf(row.getString(10)),
            row.getString(11),
            Instant.ofEpochMilli(row.getLong(13)),
            inDoubt);
  }

  /**
   * Notes that failures are told from now on, unless that was noted before: those of a version that
   * told nobody are old news.
   */
  public void begin(Instant now) throws StoreException, InterruptedException {
    if (begun().isEmpty()) {
      database.write(tx -> tx.update(BEGIN, IdSequence.firstAt(now)));
    }
  }

  private Optional<Instant> begun() throws StoreException {
    return database.read(tx -> tx.first(SELECT_BEGUN, row -> IdSequence.timeOf(row.getLong(1))));
  }

  /**
   * Deliveries to the mesh that failed, by rising id, as the file has it; none from before the
   * {@link #begin}.
   *
   * @param after the last one of the look before, 0 at first
   * @param settled the earliest time of failing
   * @param longest what a delivery can have waited until then
   */
  public List<OutboxEntry> behind(long after, Instant settled, Duration longest)
      throws StoreException {
    long first = Math.max(after, IdSequence.firstAt(settled.minus(longest)));
    Instant earliest = begun().filter(settled::isBefore).orElse(settled);
    return database.read(tx -> tx.list(SELECT_FAILED, Outbox::readEntry, first, earliest, BATCH));
  }

  /** The events of which something waits for a radio, the oldest {@link #BATCH} rows. */
  public List<Origin.Event> waitingFor(RadioId radio) throws StoreException {
    Map<Long, Marks.Standing> standings = marks.standings();
    Lanes lanes = Lanes.mesh(radio);
    int key = Origins.event("").length() + 1;
    return database
        .read(
            tx -> tx.list(SELECT_WAITING, Failures::waiting, key, lanes.from(), lanes.to(), BATCH))
        .stream()
        .filter(row -> Optional.ofNullable(standings.get(row.id))
            .map(known -> known.fate() == Fate.WAITING)
            .orElse(true))
        .map(Waiting::event)
        .distinct()
        .toList();
  }

  private static Waiting waiting(ResultSet row) throws SQLException {
    return new Waiting(
        row.getLong(1),
        new Origin.Event(new RoomId(row.getString(2)), new EventId(row.getString(3))));
  }
}
