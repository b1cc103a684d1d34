package org.longwire.relay.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.longwire.matrix.EventId;
import org.longwire.matrix.RoomId;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.store.Transaction;
import org.longwire.relay.store.Work;
import org.longwire.relay.store.repository.ArchivedMessage;
import org.longwire.relay.store.repository.LinkKey;
import org.longwire.relay.store.repository.Node;

/**
 * What can be asked of the database of an MMRelay (mmrelay-compat.md §6). It keeps which packet is
 * which event in which room, with the text, and the names of nodes; but not who said a text, on
 * which side, over which channel, or when. So its messages count as older than all that have a
 * time, in the order in which they were kept, and as said on the mesh by nobody known.
 *
 * <p>Its tables have no version: which columns there are is asked before each question.
 */
final class MmrelayReads {
  /** Stands for the radio, which the rows do not name. */
  static final RadioId RADIO = new RadioId("mmrelay");

  private static final ChannelIndex UNKNOWN_CHANNEL = new ChannelIndex(0);
  private static final String UNKNOWN_SENDER = "";
  private static final long LAST_ROW = TimeIds.timeOf(Long.MAX_VALUE).toEpochMilli();

  /** Rows of one packet: one a room; more are somebody's mistake. */
  private static final int MAX_ROOMS = 100;

  private static final String COLUMNS_OF = "SELECT name FROM pragma_table_info(?)";
  private static final Set<String> MAP =
      Set.of("meshtastic_id", "matrix_event_id", "matrix_room_id");
  private static final String TEXT = "meshtastic_text";
  private static final String MESHNET = "meshtastic_meshnet";

  /** Two parameters: 0 and anything, or 1 and the room. */
  private static final String OF_ROOM = " AND (? = 0 OR matrix_room_id = ?)";

  private static final String LATEST = " ORDER BY rowid DESC LIMIT ?";
  private static final String PATTERNS =
      (" AND " + TEXT + " LIKE ? ESCAPE '!'").repeat(SearchTerms.MAX_TERMS);
  private static final String FROM = " FROM message_map WHERE ";
  private static final String WORDS_KNOWN = TEXT + " IS NOT NULL AND ";
  private static final String SCAN_FLOOR =
      "SELECT rowid FROM message_map ORDER BY rowid DESC LIMIT 1 OFFSET " + ArchiveSql.SCAN_LIMIT;
  private static final String STATISTICS = "SELECT matrix_room_id, count(*), min(rowid), max(rowid)"
      + FROM + "1" + OF_ROOM + " GROUP BY matrix_room_id LIMIT " + ArchiveSql.MAX_GROUPS;
  private static final String LATEST_MESHNET = "SELECT " + MESHNET + FROM + MESHNET
      + " IS NOT NULL AND " + MESHNET + " <> '' ORDER BY rowid DESC LIMIT 1";

  private final String ownMeshnet;
  private final RowGuard guard = new RowGuard("MMRelay");

  /** @param ownMeshnet the mesh network that is meant where a database names none */
  MmrelayReads(String ownMeshnet) {
    this.ownMeshnet = ownMeshnet;
  }

  /** The message of a packet; whose packet it was, nobody wrote down. */
  Work<List<ArchivedMessage>> byPacket(String meshnet, PacketId packet) {
    String id = Long.toString(packet.unsigned());
    return tx -> messages(tx, "meshtastic_id = ? LIMIT " + MAX_ROOMS, id).stream()
        .filter(message -> message.meshnet().equals(meshnet))
        .toList();
  }

  Work<List<ArchivedMessage>> byEvent(EventId event) {
    return tx -> messages(tx, "matrix_event_id = ? LIMIT 1", event.value());
  }

  Work<List<ArchivedMessage>> history(Optional<LinkKey> link, Instant before, int limit) {
    List<Object> values = new ArrayList<>(List.of(row(before)));
    values.addAll(ofRoom(link));
    values.add(limit);
    return tx -> columns(tx, "message_map").contains(TEXT)
        ? messages(tx, WORDS_KNOWN + "rowid < ?" + OF_ROOM + LATEST, values.toArray())
        : List.of();
  }

  /** Looks through the latest messages; there is no index of their words. */
  Work<List<ArchivedMessage>> search(String words, Optional<LinkKey> link, int limit) {
    List<String> patterns = SearchTerms.patterns(words);
    if (patterns.isEmpty()) {
      return tx -> List.of();
    }
    return tx -> {
      if (!columns(tx, "message_map").contains(TEXT)) {
        return List.of();
      }
      List<Object> values = new ArrayList<>();
      values.add(tx.first(SCAN_FLOOR, row -> row.getLong(1)).orElse(-1L));
      values.addAll(ofRoom(link));
      values.addAll(patterns);
      values.add(limit);
      return messages(
          tx, WORDS_KNOWN + "rowid > ?" + OF_ROOM + PATTERNS + LATEST, values.toArray());
    };
  }

  Work<List<ArchiveReads.Share>> statistics(Optional<LinkKey> link) {
    return tx -> columns(tx, "message_map").containsAll(MAP)
        ? guard.list(
            tx,
            STATISTICS,
            row -> new ArchiveReads.Share(
                link(row, 1), true, row.getLong(2), time(row.getLong(3)), time(row.getLong(4))),
            ofRoom(link).toArray())
        : List.of();
  }

  /** Nodes by their names; nobody wrote down when they were heard. */
  Work<List<Node>> nodes() {
    return tx -> {
      String meshnet = meshnet(tx);
      Map<NodeId, Node> nodes = new LinkedHashMap<>();
      for (Node node : named(tx, meshnet, "longnames", "longname")) {
        nodes.merge(node.id(), node, NodeMerge::merged);
      }
      for (Node node : named(tx, meshnet, "shortnames", "shortname")) {
        nodes.merge(node.id(), node, NodeMerge::merged);
      }
      return List.copyOf(nodes.values());
    };
  }

  /** How many rows made no sense. */
  long skipped() {
    return guard.skipped();
  }

  /** The mesh of the relay's own nodes: it writes the name of that beside each message. */
  private String meshnet(Transaction tx) throws SQLException {
    return columns(tx, "message_map").contains(MESHNET)
        ? tx.first(LATEST_MESHNET, row -> row.getString(1)).orElse(ownMeshnet)
        : ownMeshnet;
  }

  private List<Node> named(Transaction tx, String meshnet, String table, String column)
      throws SQLException {
    if (!columns(tx, table).containsAll(Set.of("meshtastic_id", column))) {
      return List.of();
    }
    boolean isLong = column.equals("longname");
    return guard.list(
        tx,
        "SELECT meshtastic_id, %s FROM %s LIMIT %d".formatted(column, table, NodeRows.MAX_NODES),
        row -> {
          String id = Columns.required(row, 1);
          Optional<String> name = Optional.of(Columns.required(row, 2));
          return NodeMerge.fitting(new Node(
              meshnet,
              NodeId.parse(id)
                  .orElseThrow(() -> new IllegalArgumentException(id + " is no node id")),
              isLong ? name : Optional.empty(),
              isLong ? Optional.empty() : name,
              Optional.empty(),
              OptionalInt.empty(),
              OptionalInt.empty(),
              OptionalInt.empty(),
              Node.NEVER,
              Node.NEVER,
              Node.NEVER,
              Node.Source.IMPORT));
        });
  }

  private List<ArchivedMessage> messages(Transaction tx, String condition, Object... values)
      throws SQLException {
    Collection<String> there = columns(tx, "message_map");
    if (!there.containsAll(MAP)) {
      return List.of();
    }
    String select = "SELECT rowid, meshtastic_id, matrix_event_id, matrix_room_id, %s, %s"
        .formatted(
            there.contains(TEXT) ? TEXT : "NULL", there.contains(MESHNET) ? MESHNET : "NULL");
    return guard.list(tx, select + FROM + condition, this::message, values);
  }

  private ArchivedMessage message(ResultSet row) throws SQLException {
    Instant at = time(row.getLong(1));
    return new ArchivedMessage(
        TimeIds.first(at),
        link(row, 4),
        Columns.text(row, 6).filter(name -> !name.isEmpty()).orElse(ownMeshnet),
        at,
        UNKNOWN_SENDER,
        Optional.empty(),
        Optional.of(packet(Columns.required(row, 2))),
        Optional.of(new EventId(Columns.required(row, 3))),
        true,
        Columns.text(row, 5).orElse(""));
  }

  private static PacketId packet(String decimal) {
    return new PacketId(Integer.parseUnsignedInt(decimal));
  }

  private static LinkKey link(ResultSet row, int column) throws SQLException {
    RoomId room = new RoomId(Columns.required(row, column));
    return new LinkKey(room.value(), RADIO, UNKNOWN_CHANNEL);
  }

  /** The time that stands for a place in the order. */
  private static Instant time(long row) {
    if (row < 0 || row > LAST_ROW) {
      throw new IllegalArgumentException("row " + row + " has no place in the order");
    }
    return Instant.ofEpochMilli(row);
  }

  private static long row(Instant time) {
    return TimeIds.timeOf(TimeIds.first(time)).toEpochMilli();
  }

  /** A link is known by its room alone, and by its id: aliases are not in the rows. */
  private static List<Object> ofRoom(Optional<LinkKey> link) {
    return link.isPresent() ? Arrays.asList(1, link.get().room()) : Arrays.asList(0, "");
  }

  private static Set<String> columns(Transaction tx, String table) throws SQLException {
    return new HashSet<>(tx.list(COLUMNS_OF, row -> row.getString(1), table));
  }
}
