package org.longwire.relay.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.longwire.matrix.EventId;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.store.Dialect;
import org.longwire.relay.store.Work;
import org.longwire.relay.store.repository.ArchivedMessage;
import org.longwire.relay.store.repository.LinkKey;

/**
 * What can be asked of the archive in one source, as work that any connection can do. Without a
 * link, all of them are meant.
 */
final class ArchiveReads {
  private final RowGuard guard = new RowGuard("message");

  /** Messages from one side over a link. */
  record Share(LinkKey link, boolean fromMesh, long count, Instant first, Instant last) {}

  /** A sender or node with a number and the last time. */
  record Tally<K>(K who, long count, Instant last) {}

  Work<List<ArchivedMessage>> byPacket(String meshnet, NodeId from, PacketId packet) {
    long identity = Hashes.of(meshnet, from, packet);
    return tx -> guard.list(tx, ArchiveSql.BY_IDENTITY, ArchiveReads::message, identity);
  }

  Work<List<ArchivedMessage>> byEvent(EventId event) {
    long hash = Hashes.of(event);
    return tx -> guard.list(tx, ArchiveSql.BY_EVENT, ArchiveReads::message, hash, event.value());
  }

  Work<List<ArchivedMessage>> history(Optional<LinkKey> link, Instant before, int limit) {
    long end = TimeIds.first(before);
    return tx -> link.isPresent()
        ? guard.list(
            tx,
            ArchiveSql.HISTORY_OF_LINK,
            ArchiveReads::message,
            Hashes.of(link.get()),
            end,
            limit)
        : guard.list(tx, ArchiveSql.HISTORY, ArchiveReads::message, end, limit);
  }

  Work<List<ArchivedMessage>> bySender(
      String sender, Optional<LinkKey> link, Instant before, int limit) {
    long end = TimeIds.first(before);
    return tx -> link.isPresent()
        ? guard.list(
            tx,
            ArchiveSql.BY_SENDER_OF_LINK,
            ArchiveReads::message,
            sender,
            end,
            1,
            Hashes.of(link.get()),
            limit)
        : guard.list(tx, ArchiveSql.BY_SENDER, ArchiveReads::message, sender, end, limit);
  }

  Work<List<ArchivedMessage>> search(
      String words, Optional<LinkKey> link, Dialect dialect, int limit) {
    SearchTerms terms = SearchTerms.of(words, dialect);
    if (terms.isEmpty()) {
      return tx -> List.of();
    }
    List<Object> values = new ArrayList<>();
    values.addAll(ofLink(link));
    values.addAll(terms.scanned());
    values.add(limit);
    if (!terms.indexed().isEmpty()) {
      values.add(0, dialect.fullTextQuery(terms.indexed()));
      return tx ->
          guard.list(tx, ArchiveSql.search(dialect), ArchiveReads::message, values.toArray());
    }
    return tx -> {
      long floor = tx.first(ArchiveSql.SCAN_FLOOR, row -> row.getLong(1)).orElse(-1L);
      List<Object> all = new ArrayList<>(values);
      all.add(0, floor);
      return guard.list(tx, ArchiveSql.SCAN, ArchiveReads::message, all.toArray());
    };
  }

  Work<List<Share>> statistics(Optional<LinkKey> link) {
    return tx -> guard.list(
        tx,
        ArchiveSql.STATISTICS,
        row -> new Share(
            link(row, 1),
            row.getInt(4) != 0,
            row.getLong(5),
            TimeIds.timeOf(row.getLong(6)),
            TimeIds.timeOf(row.getLong(7))),
        ofLink(link).toArray());
  }

  Work<List<Tally<String>>> senders(Optional<LinkKey> link, Instant since, int limit) {
    return tx -> guard.list(
        tx,
        ArchiveSql.SENDERS,
        row ->
            new Tally<>(Columns.required(row, 1), row.getLong(2), TimeIds.timeOf(row.getLong(3))),
        window(link, since, limit));
  }

  Work<List<Tally<NodeId>>> active(Optional<LinkKey> link, Instant since, int limit) {
    return tx -> guard.list(
        tx,
        ArchiveSql.ACTIVE,
        row -> new Tally<>(new NodeId((int) row.getLong(1)), 1, TimeIds.timeOf(row.getLong(2))),
        window(link, since, limit));
  }

  Work<List<LinkKey>> links() {
    return tx -> guard.list(tx, ArchiveSql.LINKS, row -> link(row, 1));
  }

  /** The next messages of a link after one of them, oldest first. */
  Work<List<ArchivedMessage>> after(LinkKey link, long id, int limit) {
    return tx ->
        guard.list(tx, ArchiveSql.EXPORT, ArchiveReads::message, Hashes.of(link), id, limit);
  }

  private static Object[] window(Optional<LinkKey> link, Instant since, int limit) {
    List<Object> values = new ArrayList<>();
    values.add(TimeIds.first(since));
    values.addAll(ofLink(link));
    values.add(limit);
    return values.toArray();
  }

  private static List<Object> ofLink(Optional<LinkKey> link) {
    return link.isPresent() ? List.of(1, Hashes.of(link.get())) : List.of(0, 0);
  }

  private static ArchivedMessage message(ResultSet row) throws SQLException {
    long id = row.getLong(1);
    return new ArchivedMessage(
        id,
        link(row, 2),
        Columns.required(row, 5),
        TimeIds.timeOf(id),
        Columns.required(row, 6),
        Columns.number(row, 7).map(number -> new NodeId(number.intValue())),
        Columns.number(row, 8).flatMap(number -> PacketId.ofWire(number.intValue())),
        Columns.text(row, 9).map(EventId::new),
        row.getInt(10) != 0,
        Columns.required(row, 11));
  }

  private static LinkKey link(ResultSet row, int column) throws SQLException {
    return new LinkKey(
        Columns.required(row, column),
        new RadioId(Columns.required(row, column + 1)),
        new ChannelIndex(row.getInt(column + 2)));
  }
}
