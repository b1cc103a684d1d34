package org.longwire.relay.queue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.Transaction;

/**
 * What the ledger holds for the store: messages to archive, and deliveries to map. What the store
 * has taken is marked here with the next write that comes anyway, so a crash in between makes it
 * told twice, and never not at all. Any thread.
 */
public final class StoreFeed {
  /** Rows of one look. */
  public static final int BATCH = 200;

  static final String SELECT_DELIVERED = """
      SELECT outbox.id, lane, remote_id, part, settled_at, origin, room, place
      FROM outbox INDEXED BY outbox_unmapped JOIN inbox ON inbox.id = outbox.id & -64
      WHERE state = 'DELIVERED' AND mapped = 0 AND outbox.id > ? ORDER BY outbox.id LIMIT ?
      """;

  private static final String SELECT_SOURCE = "SELECT origin, room, place FROM inbox WHERE id = ?";

  private static final String SELECT_SAID = """
      SELECT id, origin, room, place, said_at, sender, text FROM inbox
      WHERE id > ? AND verdict IS NULL AND purged = 0 ORDER BY id LIMIT ?
      """;

  private static final String SELECT_LANES =
      "SELECT DISTINCT lane FROM outbox WHERE id > ? AND id < ? ORDER BY lane";

  private static final String SELECT_PROGRESS =
      "SELECT message FROM progress WHERE name = 'archive'";

  private static final String UPDATE_PROGRESS = """
      INSERT INTO progress(name, message) VALUES ('archive', ?)
      ON CONFLICT (name) DO UPDATE SET message = excluded.message
      """;

  private static final String MARK = "UPDATE outbox SET mapped = 1 WHERE id = ?";

  /** About the bytes of a mark and its index entry. */
  private static final int MARK_BYTES = 60;

  private final Database database;

  public StoreFeed(Database database) {
    this.database = database;
  }

  /** Where a message came from; {@code place} as it was accepted. */
  public record Source(Origin origin, String place) {
    private static Source read(ResultSet row, int origin, int room, int place) throws SQLException {
      return new Source(
          Origins.read(row.getString(origin), row.getString(room)), row.getString(place));
    }
  }

  /**
   * A delivery that was made.
   *
   * @param remoteId under which the other side knows it
   */
  public record Delivered(
      long id, Source source, Address address, String remoteId, int part, Instant at) {}

  /**
   * A message that was accepted and not filtered.
   *
   * @param to where it was to be delivered, each address once
   */
  public record Said(
      long id, Source source, Instant at, String sender, String text, List<Address> to) {
    public Said {
      to = List.copyOf(to);
    }
  }

  /** The message that an entry belongs to; empty if it has gone with age. */
  public Optional<Source> source(OutboxEntry entry) throws StoreException {
    long message = entry.id() & -IdSequence.BLOCK;
    return database.read(tx -> tx.first(SELECT_SOURCE, row -> Source.read(row, 1, 2, 3), message));
  }

  /** Deliveries that are not marked as mapped, by rising id. */
  public List<Delivered> delivered(long after) throws StoreException {
    return database.read(tx -> tx.list(
        SELECT_DELIVERED,
        row -> new Delivered(
            row.getLong(1),
            Source.read(row, 6, 7, 8),
            new Lane(row.getString(2)).address(),
            row.getString(3),
            row.getInt(4),
            Instant.ofEpochMilli(row.getLong(5))),
        after,
        BATCH));
  }

  /** Messages behind another one, by rising id. */
  public List<Said> said(long after) throws StoreException {
    return database.read(tx -> {
      List<Said> bare = tx.list(
          SELECT_SAID,
          row -> new Said(
              row.getLong(1),
              Source.read(row, 2, 3, 4),
              Instant.ofEpochMilli(row.getLong(5)),
              row.getString(6),
              row.getString(7),
              List.of()),
          after,
          BATCH);
      List<Said> whole = new ArrayList<>();
      for (Said said : bare) {
        whole.add(new Said(
            said.id, said.source, said.at, said.sender, said.text, addresses(tx, said.id)));
      }
      return whole;
    });
  }

  private static List<Address> addresses(Transaction tx, long message) throws SQLException {
    return tx.list(
        SELECT_LANES,
        row -> new Lane(row.getString(1)).address(),
        message,
        message + IdSequence.BLOCK);
  }

  /** The last message that the archive is known to have; 0 if none is. */
  public long archived() throws StoreException {
    return database.read(tx -> tx.first(SELECT_PROGRESS, row -> row.getLong(1))).orElse(0L);
  }

  /** The archive has all messages up to this one. */
  public CompletableFuture<Integer> archived(long message) throws InterruptedException {
    return database.submitBulk(tx -> tx.update(UPDATE_PROGRESS, message), MARK_BYTES);
  }

  /** The store knows these deliveries, or need not know them. */
  public CompletableFuture<Integer> mapped(Collection<Long> entries) throws InterruptedException {
    List<Long> ids = List.copyOf(entries);
    return database.submitBulk(
        tx -> {
          int marked = 0;
          for (long id : ids) {
            marked += tx.update(MARK, id);
          }
          return marked;
        },
        MARK_BYTES * ids.size());
  }
}
