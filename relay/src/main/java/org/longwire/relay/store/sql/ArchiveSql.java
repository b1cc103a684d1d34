package org.longwire.relay.store.sql;

import java.util.List;
import org.longwire.relay.store.Dialect;

/** The statements of the archive; constants per dialect, so that each is prepared once. */
final class ArchiveSql {
  /** Among how many of the latest messages is looked for what no index knows. */
  static final int SCAN_LIMIT = 20_000;

  /** Links and senders that one answer counts. */
  static final int MAX_GROUPS = 1_000;

  static final List<String> MESSAGE = List.of(
      "id",
      "link",
      "identity",
      "meshnet",
      "sender",
      "node",
      "packet",
      "event",
      "event_hash",
      "from_mesh",
      "text");
  static final List<String> LINK = List.of("id", "room", "radio", "channel");

  private static final String COLUMNS = "SELECT message.id, link.room, link.radio, link.channel,"
      + " message.meshnet, message.sender, message.node, message.packet, message.event,"
      + " message.from_mesh, message.text FROM ";

  /** A left join keeps the messages first, in the order of their index, in every planner. */
  private static final String SELECT = COLUMNS + "message LEFT JOIN link ON link.id = message.link";

  private static final String LATEST = " ORDER BY message.id DESC LIMIT ?";
  private static final String PATTERNS =
      " AND message.text LIKE ? ESCAPE '!'".repeat(SearchTerms.PATTERNS);

  /** Two parameters: 0 and anything, or 1 and the link. */
  private static final String OF_LINK = " AND (? = 0 OR message.link = ?)";

  /** What was said under the same packet id long before gives up its name, as in the ledger. */
  static final String RETIRE =
      "UPDATE message SET identity = id WHERE identity = ? AND link = ? AND id < ?";

  static final String BY_IDENTITY = SELECT + " WHERE message.identity = ? LIMIT 1";
  static final String BY_EVENT =
      SELECT + " WHERE message.event_hash = ? AND message.event = ? LIMIT 1";
  static final String HISTORY = SELECT + " WHERE message.id < ?" + LATEST;
  static final String HISTORY_OF_LINK =
      SELECT + " WHERE message.link = ? AND message.id < ?" + LATEST;
  static final String BY_SENDER = SELECT + " WHERE message.sender = ? AND message.id < ?" + LATEST;
  static final String BY_SENDER_OF_LINK =
      SELECT + " WHERE message.sender = ? AND message.id < ?" + OF_LINK + LATEST;
  static final String EXPORT =
      SELECT + " WHERE message.link = ? AND message.id > ? ORDER BY message.id LIMIT ?";

  static final String LINKS = "SELECT room, radio, channel FROM link"
      + " WHERE EXISTS (SELECT 1 FROM message WHERE message.link = link.id) ORDER BY id";

  static final String SCAN_FLOOR =
      "SELECT id FROM message ORDER BY id DESC LIMIT 1 OFFSET " + SCAN_LIMIT;
  static final String SCAN = SELECT + " WHERE message.id > ?" + OF_LINK + PATTERNS + LATEST;

  static final String STATISTICS = "SELECT link.room, link.radio, link.channel, message.from_mesh,"
      + " count(*), min(message.id), max(message.id)"
      + " FROM message LEFT JOIN link ON link.id = message.link WHERE (? = 0 OR message.link = ?)"
      + " GROUP BY message.link, link.room, link.radio, link.channel, message.from_mesh LIMIT "
      + MAX_GROUPS;
  static final String SENDERS = "SELECT sender, count(*), max(id) FROM message WHERE id >= ?"
      + OF_LINK + " GROUP BY sender ORDER BY count(*) DESC, sender LIMIT ?";
  static final String ACTIVE = "SELECT node, max(id) FROM message WHERE id >= ?" + OF_LINK
      + " AND node IS NOT NULL GROUP BY node ORDER BY max(id) DESC LIMIT ?";
  static final String DELETE = "DELETE FROM message WHERE id = ?";

  private static final String SQLITE_SEARCH = COLUMNS
      + "message_words CROSS JOIN message ON message.id = message_words.rowid"
      + " LEFT JOIN link ON link.id = message.link WHERE "
      + Dialect.SQLITE.fullTextMatch("message_words", "text")
      + OF_LINK + PATTERNS + " ORDER BY message_words.rowid DESC LIMIT ?";
  private static final String MARIADB_SEARCH = SELECT + " WHERE "
      + Dialect.MARIADB.fullTextMatch("message", "text") + OF_LINK + PATTERNS + LATEST;

  private ArchiveSql() {}

  static String search(Dialect dialect) {
    return dialect.equals(Dialect.SQLITE) ? SQLITE_SEARCH : MARIADB_SEARCH;
  }
}
