package org.longwire.relay.queue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longwire.matrix.EventId;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.Transaction;

/**
 * Finds messages by the names that either side knows them under, for as long as the ledger keeps
 * them; the map of the store remembers longer, and may be away. What waits is found as well, and
 * what this process knows better than the file counts. Any thread.
 */
public final class Originals implements RemoteNames {
  static final String SELECT_BY_ORIGIN = """
      SELECT id, origin, room, sender, place, coalesce(latest, text), verdict,
        taken_back, correction
      FROM inbox
      WHERE origin = ? AND epoch = 0
      """;

  /**
   * Reads the index alone until it has found the rows: a reply to an unknown packet is rare. Of the
   * time for which an id names one packet the oldest comes first, then what is older still.
   */
  static final String SELECT_HEARD = """
      SELECT id, origin, room, sender, place, coalesce(latest, text), verdict,
        taken_back, correction
      FROM inbox
      WHERE origin > ? AND origin < ? AND substr(origin, -8) = ? AND epoch = 0
      ORDER BY id < ?, abs(id - ?) LIMIT 16
      """;

  /** Looks at the latest rows alone, so that it costs the same however much is said. */
  static final String SELECT_SENDING = """
      SELECT id FROM (
        SELECT id, radio, payload FROM outbox WHERE id > ? ORDER BY id DESC LIMIT 4096)
      WHERE radio = ? AND substr(payload, 1, length(?)) = ?
      """;

  private static final String SELECT_BY_ID = """
      SELECT id, origin, room, sender, place, coalesce(latest, text), verdict,
        taken_back, correction
      FROM inbox
      WHERE id = ?
      """;

  private static final String SELECT_DELIVERIES = """
      SELECT id, lane, state, remote_id, payload, history FROM outbox
      WHERE id > ? AND id < ? ORDER BY id
      """;

  /** Empty but for the last minute, unless the store is away. */
  static final String SELECT_POSTED = """
      SELECT id FROM outbox INDEXED BY outbox_unmapped
      WHERE state = 'DELIVERED' AND mapped = 0 AND remote_id = ? LIMIT 1
      """;

  private final Database database;
  private final Marks marks;

  Originals(Database database, Marks marks) {
    this.database = database;
    this.marks = marks;
  }

  /** The message of an origin; empty if there is none, or it has gone with age. */
  public Optional<Original> of(Origin origin) throws StoreException {
    Map<Long, Marks.Standing> standings = marks.standings();
    return database.read(
        tx -> whole(tx, standings, tx.first(SELECT_BY_ORIGIN, Row::read, Origins.key(origin))));
  }

  /**
   * The messages that a radio knows by a packet id: one that we sent it, then those that it heard.
   * Who answers one does not say whose packet it was, and anybody can repeat the id of another's,
   * so the first one of a day comes before its copies.
   */
  public List<Original> ofPacket(RadioId radio, PacketId packet, Instant now)
      throws StoreException {
    Map<Long, Marks.Standing> standings = marks.standings();
    String all = Origins.packetsOf(radio);
    long since = IdSequence.firstAt(now.minus(Inbox.DEDUPE_WINDOW));
    return database.read(tx -> {
      List<Row> rows = new ArrayList<>();
      ofEntry(tx, Outbox.sentPacket(tx, radio, packet).map(sent -> sent.entry().id()))
          .ifPresent(rows::add);
      rows.addAll(tx.list(
          SELECT_HEARD, Row::read, all, Origins.behind(all), packet.toString(), since, since));
      List<Original> originals = new ArrayList<>();
      for (Row row : rows) {
        whole(tx, standings, Optional.of(row)).ifPresent(originals::add);
      }
      return originals;
    });
  }

  /** The message that a delivery belongs to; empty if it has gone with age. */
  public Optional<Original> of(OutboxEntry entry) throws StoreException {
    Map<Long, Marks.Standing> standings = marks.standings();
    return database.read(tx -> whole(tx, standings, ofEntry(tx, Optional.of(entry.id()))));
  }

  /** The delivery that a radio knows by a packet id. */
  public Optional<OutboxEntry> sent(RadioId radio, PacketId packet) throws StoreException {
    return database.read(tx -> Outbox.sentPacket(tx, radio, packet).map(Outbox.SentPacket::entry));
  }

  /**
   * What goes or went to an address in these words, the latest first, each with that delivery
   * alone.
   *
   * @param words what a text answers is of no account
   * @param since when it was accepted at the earliest; of a busy time only the end is looked at
   */
  public List<Original> sending(Address.Mesh to, Payload words, Instant since)
      throws StoreException {
    Map<Long, Marks.Standing> standings = marks.standings();
    String start = PayloadCodec.encode(words);
    long behind = IdSequence.firstAt(since);
    return database.read(tx -> {
      List<Original> originals = new ArrayList<>();
      for (long entry : tx.list(
          SELECT_SENDING, row -> row.getLong(1), behind, to.radio().value(), start, start)) {
        whole(tx, standings, ofEntry(tx, Optional.of(entry)))
            .map(original -> original.with(
                sending -> sending.entry() == entry && sending.address().equals(to)))
            .filter(original -> !original.deliveries().isEmpty())
            .ifPresent(originals::add);
      }
      return originals;
    });
  }

  /** The message that was posted as this event, if the map may not know it yet. */
  public Optional<Original> posted(EventId event) throws StoreException {
    Map<Long, Marks.Standing> standings = marks.standings();
    Optional<Long> unwritten = standings.entrySet().stream()
        .filter(known -> known.getValue().remoteId().equals(event.value()))
        .map(Map.Entry::getKey)
        .findFirst();
    return database.read(tx -> {
      Optional<Long> entry = unwritten.isPresent()
          ? unwritten
          : tx.first(SELECT_POSTED, row -> row.getLong(1), event.value());
      return whole(tx, standings, ofEntry(tx, entry));
    });
  }

  @Override
  public Optional<String> nameAt(Origin origin, Address address) throws StoreException {
    return of(origin).flatMap(original -> original.deliveries().stream()
        .filter(sending -> sending.address().equals(address))
        .filter(sending -> sending.fate() == Fate.DELIVERED)
        .map(Original.Sending::remoteId)
        .findFirst());
  }

  private static Optional<Row> ofEntry(Transaction tx, Optional<Long> entry) throws SQLException {
    return entry.isPresent()
        ? tx.first(SELECT_BY_ID, Row::read, IdSequence.messageOf(entry.get()))
        : Optional.empty();
  }

  private static Optional<Original> whole(
      Transaction tx, Map<Long, Marks.Standing> standings, Optional<Row> row) throws SQLException {
    if (row.isEmpty()) {
      return Optional.empty();
    }
    List<Original.Sending> deliveries = new ArrayList<>();
    long id = row.get().id;
    for (Original.Sending stored :
        tx.list(SELECT_DELIVERIES, Originals::sending, id, id + IdSequence.BLOCK)) {
      deliveries.add(
          Optional.ofNullable(standings.get(stored.entry())).map(stored::as).orElse(stored));
    }
    return Optional.of(row.get().with(deliveries));
  }

  private static Original.Sending sending(ResultSet row) throws SQLException {
    return new Original.Sending(
        row.getLong(1),
        new Lane(row.getString(2)).address(),
        Fate.valueOf(row.getString(3)),
        row.getString(4),
        PayloadCodec.decode(row.getString(5)).answers(),
        History.decode(row.getString(6)).isInDoubt());
  }

  /** A row of the inbox. */
  private record Row(
      long id,
      Origin origin,
      String sender,
      String place,
      String text,
      Optional<Fate> verdict,
      Original.Afterthought afterthought) {
    static Row read(ResultSet row) throws SQLException {
      return new Row(
          row.getLong(1),
          Origins.read(row.getString(2), row.getString(3)),
          row.getString(4),
          row.getString(5),
          row.getString(6),
          Optional.ofNullable(row.getString(7)).map(Fate::valueOf),
          new Original.Afterthought(
              row.getInt(8) != 0, Optional.ofNullable(row.getString(9)).map(EventId::new)));
    }

    Original with(List<Original.Sending> deliveries) {
      return new Original(origin, sender, place, text, verdict, afterthought, deliveries);
    }
  }
}
