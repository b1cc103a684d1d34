package org.longwire.relay.queue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.RowReader;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.Transaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the ledger holds for the store: messages to archive, and deliveries to map. What the store
 * has taken is marked here with the next write that comes anyway, so a crash in between makes it
 * told twice, and never not at all. Any thread.
 */
public final class StoreFeed {
  private static final Logger LOG = LoggerFactory.getLogger(StoreFeed.class);

  /** Rows of one look. */
  public static final int BATCH = 200;

  /** What was said longer ago than this when it was accepted had a wrong clock. */
  static final Duration MAX_DELAY = Ledger.RETENTION;

  /** A radio's clock has whole seconds, and its second may be over when we hear of it. */
  private static final Duration COARSE = Duration.ofSeconds(2);

  static final String SELECT_DELIVERED = """
      SELECT outbox.id, lane, remote_id, part, settled_at, origin, room, place
      FROM outbox INDEXED BY outbox_unmapped JOIN inbox ON inbox.id = outbox.id & -64
      WHERE state = 'DELIVERED' AND mapped = 0 AND outbox.id > ? ORDER BY outbox.id LIMIT ?
      """;

  private static final String SELECT_SOURCE =
      "SELECT id, origin, room, place FROM inbox WHERE id = ?";

  /** Deliveries younger than their message took the place of others: its new words were sent. */
  private static final String SELECT_SAID = """
      SELECT id, origin, room, place, said_at, sender,
        CASE WHEN EXISTS (
            SELECT 1 FROM outbox WHERE outbox.id > inbox.id AND outbox.id < inbox.id + %d
              AND outbox.accepted_at > inbox.accepted_at)
          THEN coalesce(latest, text) ELSE text END,
        accepted_at
      FROM inbox
      WHERE id > ? AND verdict IS NULL AND purged = 0 ORDER BY id LIMIT ?
      """.formatted(IdSequence.BLOCK);

  private static final String SELECT_LANES =
      "SELECT DISTINCT lane FROM outbox WHERE id > ? AND id < ? ORDER BY lane";

  private static final String SELECT_PROGRESS = "SELECT message FROM progress WHERE name = ?";

  private static final String UPDATE_PROGRESS = """
      INSERT INTO progress(name, message) VALUES (?, ?)
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
   * @param at when it was said, or accepted if it cannot have been said then
   * @param text the words that are sent, as far as this is known when it is asked
   * @param to where it was to be delivered, each address once
   */
  public record Said(
      long id, Source source, Instant at, String sender, String text, List<Address> to) {
    public Said {
      to = List.copyOf(to);
    }

    private Said to(List<Address> addresses) {
      return new Said(id, source, at, sender, text, addresses);
    }
  }

  /**
   * What one look has found, by rising id. A row that makes no sense is left out and hides no
   * other: nobody will ever be told of it.
   *
   * @param senseless the ids of such rows
   * @param last the id of the last row, of whatever kind; of no meaning if there was none
   * @param full whether there may be more behind it
   */
  public record Look<T>(List<T> rows, List<Long> senseless, long last, boolean full) {
    public Look {
      rows = List.copyOf(rows);
      senseless = List.copyOf(senseless);
    }

    /** Whether the ledger had nothing to show. */
    public boolean isEmpty() {
      return rows.isEmpty() && senseless.isEmpty();
    }
  }

  /** A row; what it says is empty if that makes no sense. */
  private record Read<T>(long id, Optional<T> sense) {
    static <T> Read<T> of(ResultSet row, RowReader<T> reader) throws SQLException {
      long id = row.getLong(1);
      try {
        return new Read<>(id, Optional.of(reader.read(row)));
      } catch (IllegalArgumentException e) {
        LOG.debug("row {} of the ledger makes no sense: {}", id, e.getMessage());
        return new Read<>(id, Optional.empty());
      }
    }
  }

  /**
   * The message that an entry belongs to; empty if it has gone with age, or makes no sense any
   * more.
   */
  public Optional<Source> source(OutboxEntry entry) throws StoreException {
    long message = IdSequence.messageOf(entry.id());
    return database
        .read(tx ->
            tx.first(SELECT_SOURCE, row -> Read.of(row, one -> Source.read(one, 2, 3, 4)), message))
        .flatMap(Read::sense);
  }

  /** Deliveries that are not marked as mapped. */
  public Look<Delivered> delivered(long after) throws StoreException {
    return database.read(tx -> look(tx, SELECT_DELIVERED, StoreFeed::delivered, after));
  }

  private static Delivered delivered(ResultSet row) throws SQLException {
    return new Delivered(
        row.getLong(1),
        Source.read(row, 6, 7, 8),
        new Lane(row.getString(2)).address(),
        row.getString(3),
        row.getInt(4),
        Instant.ofEpochMilli(row.getLong(5)));
  }

  /** Messages behind another one. */
  public Look<Said> said(long after) throws StoreException {
    return database.read(tx -> {
      Look<Said> bare = look(tx, SELECT_SAID, StoreFeed::said, after);
      List<Said> whole = new ArrayList<>();
      for (Said said : bare.rows) {
        whole.add(said.to(addresses(tx, said.id)));
      }
      return new Look<>(whole, bare.senseless, bare.last, bare.full);
    });
  }

  private static Said said(ResultSet row) throws SQLException {
    return new Said(
        row.getLong(1),
        Source.read(row, 2, 3, 4),
        believable(Instant.ofEpochMilli(row.getLong(5)), Instant.ofEpochMilli(row.getLong(8))),
        row.getString(6),
        row.getString(7),
        List.of());
  }

  /**
   * Strangers say when they spoke; by that time the store sorts, and forgets. What a radio says was
   * just now was accepted in its order, which whole seconds do not tell.
   */
  private static Instant believable(Instant said, Instant accepted) {
    boolean isIn = !said.isAfter(accepted) && said.isAfter(accepted.minus(MAX_DELAY));
    boolean isJustNow = said.getNano() == 0 && said.isAfter(accepted.minus(COARSE));
    return isIn && !isJustNow ? said : accepted;
  }

  private static <T> Look<T> look(Transaction tx, String sql, RowReader<T> reader, long after)
      throws SQLException {
    List<Read<T>> read = tx.list(sql, row -> Read.of(row, reader), after, BATCH);
    List<T> rows = read.stream().map(Read::sense).flatMap(Optional::stream).toList();
    List<Long> senseless =
        read.stream().filter(row -> row.sense.isEmpty()).map(Read::id).toList();
    if (!senseless.isEmpty()) {
      LOG.warn(
          "{} rows of the ledger make no sense and are left out of the store; the first is {}",
          senseless.size(),
          senseless.get(0));
    }
    return new Look<>(
        rows,
        senseless,
        read.isEmpty() ? after : read.get(read.size() - 1).id,
        read.size() == BATCH);
  }

  private static List<Address> addresses(Transaction tx, long message) throws SQLException {
    List<Address> addresses = tx.list(
        SELECT_LANES,
        row -> new Lane(row.getString(1)).address(),
        message,
        message + IdSequence.BLOCK);
    // The parts of a message may have different lanes to one address.
    return addresses.stream().distinct().toList();
  }

  /** The name of a store's mark in {@code progress}. */
  static String progressOf(String store) {
    return "archive " + store;
  }

  /** The last message up to which a store is known to have its own; 0 if none is. */
  public long archived(String store) throws StoreException {
    return database
        .read(tx -> tx.first(SELECT_PROGRESS, row -> row.getLong(1), progressOf(store)))
        .orElse(0L);
  }

  /** A store has all its messages up to this one. */
  public CompletableFuture<Integer> archived(String store, long message)
      throws InterruptedException {
    return database.submitBulk(
        tx -> tx.update(UPDATE_PROGRESS, progressOf(store), message), MARK_BYTES);
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
