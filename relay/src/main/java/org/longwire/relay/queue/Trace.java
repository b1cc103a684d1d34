package org.longwire.relay.queue;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.longwire.relay.run.Glyphs;
import org.longwire.relay.store.DatabaseReader;
import org.longwire.relay.store.Schema;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.Transaction;

/** Asks the ledger what became of a message, also while a daemon writes it. */
public final class Trace implements AutoCloseable {
  /** Longer queries are cut: nobody remembers that many words. */
  static final int MAX_QUERY = 200;

  private static final Pattern HEX = Pattern.compile("(!|0x)?([0-9a-fA-F]{8})");

  private static final String MESSAGE = """
      SELECT id, origin, room, said_at, accepted_at, sender, place, text, verdict, reason
      FROM inbox
      """;

  private static final String NEWEST_FIRST = " ORDER BY id DESC LIMIT ?";

  private static final String BY_HEX = MESSAGE + """
          WHERE origin LIKE ? OR origin LIKE ? OR id IN (
            SELECT id & -%d FROM outbox
            WHERE radio IS NOT NULL AND (token = ? OR history LIKE ?))
          """.formatted(IdSequence.BLOCK) + NEWEST_FIRST;

  private static final String BY_EVENT = MESSAGE
      + " WHERE origin = ? OR id IN (SELECT id & -%d FROM outbox WHERE remote_id = ?)"
          .formatted(IdSequence.BLOCK)
      + NEWEST_FIRST;

  private static final String BY_WORDS = MESSAGE + """
          WHERE text LIKE ? ESCAPE '\\' OR sender LIKE ? ESCAPE '\\' OR place LIKE ? ESCAPE '\\'
          """ + NEWEST_FIRST;

  private static final String DELIVERIES = """
      SELECT lane, part, parts, token, remote_id, state, reason, attempts, expires_at, history
      FROM outbox WHERE id > ? AND id < ? ORDER BY id
      """;

  private final DatabaseReader reader;

  private Trace(DatabaseReader reader) {
    this.reader = reader;
  }

  /**
   * Opens the ledger for reading.
   *
   * @throws StoreException.Unusable if there is none, or one of another version
   */
  public static Trace open(Path ledger) throws StoreException {
    return new Trace(DatabaseReader.open(ledger, Schema.LEDGER));
  }

  /**
   * Finds messages, the newest first: by packet id or node (eight hex digits, with {@code !} or
   * {@code 0x} or bare), by event id, else by words of the text, the sender or the place.
   */
  public List<TraceEntry> find(String query, int limit) throws StoreException {
    String asked = query.strip();
    if (asked.isEmpty()) {
      return List.of();
    }
    return reader.read(tx -> {
      List<Message> messages = search(tx, asked, limit);
      List<TraceEntry> found = new ArrayList<>();
      for (Message message : messages) {
        found.add(message.with(deliveries(tx, message.id)));
      }
      return found;
    });
  }

  private static List<Message> search(Transaction tx, String asked, int limit) throws SQLException {
    if (asked.startsWith("$")) {
      return tx.list(BY_EVENT, Message::read, Origins.event(asked), asked, limit);
    }
    Matcher hex = HEX.matcher(asked);
    if (hex.matches()) {
      String digits = hex.group(2).toLowerCase(Locale.ROOT);
      List<Message> found = tx.list(
          BY_HEX,
          Message::read,
          Origins.likePacket(digits),
          Origins.likeNode(digits),
          digits,
          "%renewed " + digits + ":%",
          limit);
      if (!found.isEmpty()) {
        return found;
      }
    }
    String words = Glyphs.atMost(asked, MAX_QUERY);
    String like = "%" + words.replaceAll("[\\\\%_]", "\\\\$0") + "%";
    return tx.list(BY_WORDS, Message::read, like, like, like, limit);
  }

  private static List<TraceEntry.TraceDelivery> deliveries(Transaction tx, long message)
      throws SQLException {
    return tx.list(
        DELIVERIES,
        row -> new TraceEntry.TraceDelivery(
            new Lane(row.getString(1)).address(),
            row.getInt(2),
            row.getInt(3),
            row.getString(4),
            row.getString(5),
            Fate.valueOf(row.getString(6)),
            row.getString(7),
            row.getInt(8),
            Instant.ofEpochMilli(row.getLong(9)),
            History.decode(row.getString(10))),
        message,
        message + IdSequence.BLOCK);
  }

  @Override
  public void close() {
    reader.close();
  }

  /** A row of the inbox. */
  private record Message(
      long id, TraceEntry withoutDeliveries, Optional<Fate> verdict, Optional<String> reason) {
    static Message read(ResultSet row) throws SQLException {
      TraceEntry bare = new TraceEntry(
          Origins.read(row.getString(2), row.getString(3)),
          Instant.ofEpochMilli(row.getLong(4)),
          Instant.ofEpochMilli(row.getLong(5)),
          row.getString(6),
          row.getString(7),
          row.getString(8),
          Fate.WAITING,
          "",
          List.of());
      return new Message(
          row.getLong(1),
          bare,
          Optional.ofNullable(row.getString(9)).map(Fate::valueOf),
          Optional.ofNullable(row.getString(10)));
    }

    TraceEntry with(List<TraceEntry.TraceDelivery> deliveries) {
      Optional<TraceEntry.TraceDelivery> telling = telling(deliveries);
      return new TraceEntry(
          withoutDeliveries.origin(),
          withoutDeliveries.said(),
          withoutDeliveries.accepted(),
          withoutDeliveries.sender(),
          withoutDeliveries.place(),
          withoutDeliveries.text(),
          verdict.or(() -> telling.map(TraceEntry.TraceDelivery::fate)).orElse(Fate.WAITING),
          reason.or(() -> telling.map(TraceEntry.TraceDelivery::reason)).orElse(""),
          deliveries);
    }

    /** The delivery that stands for the message: one that waits, else one that failed. */
    private static Optional<TraceEntry.TraceDelivery> telling(
        List<TraceEntry.TraceDelivery> deliveries) {
      for (Fate fate : List.of(Fate.WAITING, Fate.REFUSED, Fate.EXPIRED)) {
        for (TraceEntry.TraceDelivery delivery : deliveries) {
          if (delivery.fate() == fate) {
            return Optional.of(delivery);
          }
        }
      }
      return deliveries.stream().findFirst();
    }
  }
}
