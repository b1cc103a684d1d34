package org.longwire.relay.queue;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.longwire.relay.store.Transaction;

/** The table of accepted messages, and the rule that each is accepted once. */
final class Inbox {
  /**
   * How long a packet id stands for one packet. Ids come round again; radios hand over what they
   * kept for at most some hours.
   */
  static final Duration DEDUPE_WINDOW = Duration.ofHours(24);

  static final String SELECT_KNOWN =
      "SELECT id, accepted_at FROM inbox WHERE origin = ? AND epoch = 0";

  private static final String RETIRE = "UPDATE inbox SET epoch = id WHERE id = ?";

  private static final String INSERT = """
      INSERT INTO inbox(
        id, origin, room, said_at, accepted_at, sender, place, text, verdict, reason)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String CORRECT =
      "UPDATE inbox SET correction = ? WHERE origin = ? AND epoch = 0";

  private static final String TAKE_BACK =
      "UPDATE inbox SET taken_back = 1, latest = '' WHERE origin = ? AND epoch = 0";

  private static final String SELECT_TAKEN_BACK = "SELECT taken_back FROM inbox WHERE id = ?";

  private static final String REVISE = "UPDATE inbox SET latest = ? WHERE origin = ? AND epoch = 0";

  private final IdSequence ids;

  Inbox(IdSequence ids) {
    this.ids = ids;
  }

  /** Stores a message and gives its id; empty, and nothing stored, when it is known. */
  Optional<Long> add(Transaction transaction, Arrival arrival, Instant now) throws SQLException {
    String key = Origins.key(arrival.origin());
    Optional<Known> known =
        transaction.first(SELECT_KNOWN, row -> new Known(row.getLong(1), row.getLong(2)), key);
    if (known.isPresent()) {
      if (!Origins.recurs(arrival.origin()) || known.get().isFresh(now)) {
        return Optional.empty();
      }
      transaction.update(RETIRE, known.get().id);
    }
    long id = ids.next();
    transaction.update(
        INSERT,
        id,
        key,
        Origins.room(arrival.origin()),
        arrival.at(),
        now,
        storable(arrival.sender()),
        storable(arrival.place()),
        storable(arrival.text()),
        arrival.verdict().map(Arrival.Verdict::fate),
        arrival.verdict().map(Arrival.Verdict::reason));
    return Optional.of(id);
  }

  /**
   * Gives an earlier message the last words of its author.
   *
   * @return its id; empty if it has gone with age
   */
  static Optional<Long> revise(Transaction transaction, Origin earlier, String text)
      throws SQLException {
    String key = Origins.key(earlier);
    transaction.update(REVISE, storable(text), key);
    return transaction.first(SELECT_KNOWN, row -> row.getLong(1), key);
  }

  /** Remembers which edit went out by itself to correct a message. */
  static void correct(Transaction transaction, Origin earlier, Origin.Event edit)
      throws SQLException {
    transaction.update(CORRECT, edit.id().value(), Origins.key(earlier));
  }

  /** Forgets the words of a message, and remembers that nothing of it is to be sent any more. */
  static int takeBack(Transaction transaction, Origin origin) throws SQLException {
    return transaction.update(TAKE_BACK, Origins.key(origin));
  }

  static boolean isTakenBack(Transaction transaction, long message) throws SQLException {
    return transaction.first(SELECT_TAKEN_BACK, row -> row.getInt(1), message).orElse(0) != 0;
  }

  static boolean isKnown(Transaction transaction, Origin origin) throws SQLException {
    return transaction.first(SELECT_KNOWN, row -> true, Origins.key(origin)).isPresent();
  }

  /** A NUL would end the text for LIKE, and for people's tools. */
  private static String storable(String words) {
    return words.replace('\0', '\uFFFD');
  }

  private record Known(long id, long acceptedAt) {
    /** A clock that went back makes nothing stale. */
    boolean isFresh(Instant now) {
      return now.toEpochMilli() - acceptedAt < DEDUPE_WINDOW.toMillis();
    }
  }
}
