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

  /** Notices shown with one message; there is one for each of its ends at most. */
  static final int MAX_NOTICES = 20;

  private static final Pattern HEX = Pattern.compile("(!|0x)?([0-9a-fA-F]{8})");

  private static final String MESSAGE = """
      SELECT id, origin, room, said_at, accepted_at, sender, place, coalesce(latest, text),
        iif(latest IS NULL, '', text), verdict, reason
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
          WHERE text LIKE ?1 ESCAPE '\\' OR latest LIKE ?1 ESCAPE '\\'
            OR sender LIKE ?1 ESCAPE '\\' OR place LIKE ?1 ESCAPE '\\'
          """ + NEWEST_FIRST;

  private static final String DELIVERIES = """
      SELECT lane, part, parts, token, remote_id, state, reason, attempts, expires_at, history,
        payload
      FROM outbox WHERE id > ? AND id < ? ORDER BY id
      """;

  /** Notices about an event have its id at the end of their occasion. */
  private static final String NOTICES = """
      SELECT accepted_at, text FROM inbox
      WHERE origin > ? AND origin < ? AND substr(origin, -length(?)) = ? AND purged = 0
      ORDER BY id LIMIT %d
      """.formatted(Trace.MAX_NOTICES);

  private static final String ANSWERED = """
      SELECT sender, coalesce(latest, text) FROM inbox WHERE origin = ? AND epoch = 0
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
   * {@code 0x} or bare), by event id, else by words of the text as it is or was, the sender or the
   * place. A notice stands with the message that it is about, and not by itself if that is found
   * too.
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
        found.add(whole(tx, message));
      }
      found.removeIf(entry -> entry.origin() instanceof Origin.Notice
          && found.stream().anyMatch(other -> tells(other, entry)));
      return found;
    });
  }

  private static boolean tells(TraceEntry message, TraceEntry notice) {
    return message.notices().contains(new TraceEntry.Notice(notice.accepted(), notice.text()));
  }

  private static TraceEntry whole(Transaction tx, Message message) throws SQLException {
    List<Sent> deliveries = deliveries(tx, message.id);
    Optional<Origin> target =
        deliveries.stream().map(Sent::answers).flatMap(Optional::stream).findFirst();
    Optional<TraceEntry.Answered> answered =
        target.isPresent() ? Optional.of(answered(tx, target.get())) : Optional.empty();
    return message.with(
        deliveries.stream().map(Sent::delivery).toList(),
        answered,
        notices(tx, message.withoutDeliveries.origin()));
  }

  private static TraceEntry.Answered answered(Transaction tx, Origin origin) throws SQLException {
    return tx.first(
            ANSWERED,
            row -> new TraceEntry.Answered(origin, row.getString(1), row.getString(2)),
            Origins.key(origin))
        .orElseGet(() -> new TraceEntry.Answered(origin, "", ""));
  }

  private static List<TraceEntry.Notice> notices(Transaction tx, Origin origin)
      throws SQLException {
    if (!(origin instanceof Origin.Event event)) {
      return List.of();
    }
    String all = Origins.key(new Origin.Notice(""));
    String ending = " " + event.id();
    return tx.list(
        NOTICES,
        row -> new TraceEntry.Notice(Instant.ofEpochMilli(row.getLong(1)), row.getString(2)),
        all,
        Origins.behind(all),
        ending,
        ending);
  }

  /** A delivery, and what it was to answer. */
  private record Sent(TraceEntry.TraceDelivery delivery, Optional<Origin> answers) {}

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
    return tx.list(BY_WORDS, Message::read, like, limit);
  }

  private static List<Sent> deliveries(Transaction tx, long message) throws SQLException {
    return tx.list(
        DELIVERIES,
        row -> new Sent(
            new TraceEntry.TraceDelivery(
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
            PayloadCodec.decode(row.getString(11)).answers()),
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
          row.getString(9),
          Fate.WAITING,
          "",
          List.of(),
          Optional.empty(),
          List.of());
      return new Message(
          row.getLong(1),
          bare,
          Optional.ofNullable(row.getString(10)).map(Fate::valueOf),
          Optional.ofNullable(row.getString(11)));
    }

    TraceEntry with(
        List<TraceEntry.TraceDelivery> deliveries,
        Optional<TraceEntry.Answered> answered,
        List<TraceEntry.Notice> notices) {
      Optional<TraceEntry.TraceDelivery> telling = telling(deliveries);
      return new TraceEntry(
          withoutDeliveries.origin(),
          withoutDeliveries.said(),
          withoutDeliveries.accepted(),
          withoutDeliveries.sender(),
          withoutDeliveries.place(),
          withoutDeliveries.text(),
          withoutDeliveries.before(),
          telling.map(TraceEntry.TraceDelivery::fate).or(() -> verdict).orElse(Fate.WAITING),
          telling.map(TraceEntry.TraceDelivery::reason).or(() -> reason).orElse(""),
          deliveries,
          answered,
          notices);
    }

    /**
     * The delivery that stands for the message: one that waits, else one that failed. What was
     * withdrawn does so only if all was.
     */
    private static Optional<TraceEntry.TraceDelivery> telling(
        List<TraceEntry.TraceDelivery> deliveries) {
      for (Fate fate : List.of(Fate.WAITING, Fate.REFUSED, Fate.EXPIRED, Fate.DELIVERED)) {
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
