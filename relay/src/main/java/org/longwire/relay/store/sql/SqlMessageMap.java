package org.longwire.relay.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.longwire.matrix.EventId;
import org.longwire.matrix.RoomId;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.Transaction;
import org.longwire.relay.store.Work;
import org.longwire.relay.store.WritableStore;
import org.longwire.relay.store.repository.MessageLink;
import org.longwire.relay.store.repository.MessageMap;

/** The message map in the table {@code message_link}. Links are written lazily. */
final class SqlMessageMap implements MessageMap {
  /** Links of one packet or event: parts times rooms; more are somebody's mistake. */
  private static final int MAX_LINKS = 100;

  private static final List<String> ALL =
      List.of("id", "radio", "packet", "sender", "channel", "room", "event", "event_hash", "part");
  private static final String SELECT =
      "SELECT radio, sender, packet, channel, room, event, part, id FROM message_link ";
  private static final String BY_PACKET =
      SELECT + "WHERE radio = ? AND packet = ? ORDER BY id DESC LIMIT " + MAX_LINKS;
  private static final String BY_EVENT =
      SELECT + "WHERE event_hash = ? AND event = ? ORDER BY part, id LIMIT " + MAX_LINKS;

  private static final Comparator<MessageLink> LATEST_FIRST =
      Comparator.comparing(MessageLink::at).reversed();
  private static final Comparator<MessageLink> BY_PART = Comparator.comparingInt(MessageLink::part);

  private final WritableStore store;
  private final TimeIds ids;
  private final String insert;
  private final Trimming trimming = new Trimming("message_link");
  private final RowGuard guard = new RowGuard("message_link");

  /** What is on its way; as many as the store's queue holds. */
  private final Map<Key, MessageLink> pending = new ConcurrentHashMap<>();

  SqlMessageMap(WritableStore store, TimeIds ids) {
    this.store = store;
    this.ids = ids;
    this.insert = store.dialect().insertOrIgnore("message_link", ALL);
  }

  /** What makes two links the same. */
  private record Key(RadioId radio, PacketId packet, NodeId from, EventId event) {
    static Key of(MessageLink link) {
      return new Key(link.radio(), link.packet(), link.from(), link.event());
    }
  }

  @Override
  public CompletableFuture<Void> remember(MessageLink told) {
    MessageLink link = new MessageLink(
        told.radio(),
        told.from(),
        told.packet(),
        told.channel(),
        told.room(),
        told.event(),
        told.part(),
        told.at().truncatedTo(ChronoUnit.MILLIS));
    Key key = Key.of(link);
    long id = ids.next(link.at());
    pending.putIfAbsent(key, link);
    return Writes.lazy(store, tx -> insert(tx, id, link))
        .whenComplete((changed, failure) -> pending.remove(key, link))
        .thenAccept(changed -> {});
  }

  private int insert(Transaction tx, long id, MessageLink link) throws SQLException {
    return tx.update(
        insert,
        id,
        link.radio().value(),
        link.packet().unsigned(),
        link.from().unsigned(),
        link.channel().value(),
        link.room().value(),
        link.event().value(),
        Hashes.of(link.event()),
        link.part());
  }

  @Override
  public List<MessageLink> byPacket(RadioId radio, PacketId packet) throws StoreException {
    return merged(
        link -> link.radio().equals(radio) && link.packet().equals(packet),
        LATEST_FIRST,
        tx -> guard.list(tx, BY_PACKET, SqlMessageMap::link, radio.value(), packet.unsigned()));
  }

  @Override
  public List<MessageLink> byEvent(EventId event) throws StoreException {
    return merged(
        link -> link.event().equals(event),
        BY_PART,
        tx -> guard.list(tx, BY_EVENT, SqlMessageMap::link, Hashes.of(event), event.value()));
  }

  /**
   * Looks at what is pending before the rows: what is written in between is in both, not in none.
   */
  private List<MessageLink> merged(
      Predicate<MessageLink> wanted, Comparator<MessageLink> order, Work<List<MessageLink>> rows)
      throws StoreException {
    Map<Key, MessageLink> found = new LinkedHashMap<>();
    pending.values().stream().filter(wanted).forEach(link -> found.put(Key.of(link), link));
    store.read(rows).forEach(link -> found.put(Key.of(link), link));
    return found.values().stream().sorted(order).toList();
  }

  private static MessageLink link(ResultSet row) throws SQLException {
    return new MessageLink(
        new RadioId(row.getString(1)),
        new NodeId((int) row.getLong(2)),
        new PacketId((int) row.getLong(3)),
        new ChannelIndex(row.getInt(4)),
        new RoomId(row.getString(5)),
        new EventId(row.getString(6)),
        row.getInt(7),
        TimeIds.timeOf(row.getLong(8)));
  }

  @Override
  public long count() throws StoreException {
    return trimming.count(store);
  }

  @Override
  public int trim(Instant olderThan, long keep) throws StoreException {
    return trimming.some(store, olderThan, keep);
  }
}
