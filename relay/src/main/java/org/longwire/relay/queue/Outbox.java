package org.longwire.relay.queue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.store.Transaction;

/** The table of deliveries and its SQL. What the callers know beyond it, they bring along. */
final class Outbox {
  static final String SELECT_NEXT_HEAD = """
      SELECT id, lane, not_before, expires_at FROM outbox INDEXED BY outbox_waiting
      WHERE state = 'WAITING' AND lane > ? AND lane < ? ORDER BY lane, id LIMIT 1
      """;

  static final String SELECT_HEAD_BEHIND = """
      SELECT id, lane, not_before, expires_at FROM outbox INDEXED BY outbox_waiting
      WHERE state = 'WAITING' AND lane = ? AND id > ? ORDER BY id LIMIT 1
      """;

  static final String SELECT_WAITING_IN = """
      SELECT id FROM outbox INDEXED BY outbox_waiting
      WHERE state = 'WAITING' AND lane >= ?1 AND lane < ?1 || 'g'
      """;

  private static final String SELECT_WAITING_BETWEEN = """
      SELECT id FROM outbox INDEXED BY outbox_waiting
      WHERE state = 'WAITING' AND lane > ? AND lane < ?
      """;

  static final String SELECT_EXPIRED = """
      SELECT id FROM outbox INDEXED BY outbox_waiting
      WHERE state = 'WAITING' AND expires_at <= ? LIMIT ?
      """;

  /** How the steps of a history begin that put an entry off, or give it another token. */
  static final String LATER = "later: ";

  static final String RENEWED = "renewed ";

  static final String COLUMNS =
      "id, lane, payload, token, part, parts, attempts, accepted_at, expires_at";

  private static final String SELECT_ENTRY = "SELECT " + COLUMNS + " FROM outbox WHERE id = ?";

  static final String SELECT_SENT_PACKET = "SELECT "
      + COLUMNS
      + ", state FROM outbox WHERE token = ? AND radio = ? ORDER BY id DESC LIMIT 1";

  static final String SELECT_TOKEN =
      "SELECT 1 FROM outbox WHERE token = ? AND radio IS NOT NULL LIMIT 1";

  static final String SELECT_WAITING_LANES = """
      SELECT lane FROM inbox JOIN outbox ON outbox.id > inbox.id AND outbox.id < inbox.id + ?2
      WHERE origin = ?1 AND epoch = 0 AND state = 'WAITING' ORDER BY outbox.id
      """;

  private static final String SELECT_STATE = "SELECT state FROM outbox WHERE id = ?";

  private static final String SELECT_LAST =
      "SELECT coalesce(max(id), ?) FROM outbox WHERE id > ? AND id < ?";

  private static final String INSERT = """
      INSERT INTO outbox(
        id, lane, radio, payload, token, part, parts, accepted_at, expires_at, history)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String SETTLE = """
      UPDATE outbox
      SET state = ?, settled_at = ?, reason = ?, remote_id = ?, attempts = ? WHERE id = ?
      """;

  private static final String DEFER =
      "UPDATE outbox SET not_before = ?, attempts = ?, reason = ? WHERE id = ?";

  private static final String RENEW = """
      UPDATE outbox
      SET state = 'WAITING', settled_at = NULL, remote_id = '', mapped = 0, token = ?,
        not_before = ?, reason = ?, attempts = 0
      WHERE id = ?
      """;

  private static final String SELECT_HISTORY = "SELECT history FROM outbox WHERE id = ?";
  private static final String UPDATE_HISTORY = "UPDATE outbox SET history = ? WHERE id = ?";

  private final Tokens tokens;

  Outbox(Tokens tokens) {
    this.tokens = tokens;
  }

  /** The head of a lane. */
  record Head(long id, Lane lane, long notBefore, long expiresAt) {
    private static Head read(ResultSet row) throws SQLException {
      return new Head(row.getLong(1), new Lane(row.getString(2)), row.getLong(3), row.getLong(4));
    }

    /** With what this process knows better. */
    Head as(Optional<Marks.Standing> standing) {
      return standing
          .map(better -> new Head(id, lane, better.notBefore(), expiresAt))
          .orElse(this);
    }
  }

  /** A packet that was handed to a radio, and how its row stands. */
  record SentPacket(OutboxEntry entry, Fate fate) {}

  /** The last id that a message has taken for itself or one of its deliveries. */
  static long last(Transaction transaction, long message) throws SQLException {
    return transaction
        .first(SELECT_LAST, row -> row.getLong(1), message, message, message + IdSequence.BLOCK)
        .orElse(message);
  }

  /**
   * Stores deliveries of a message, each under a token of its own.
   *
   * @param behind the last id that the message has taken
   */
  void add(
      Transaction transaction,
      long behind,
      Author author,
      List<Arrival.NewEntry> deliveries,
      Instant now)
      throws SQLException {
    long id = behind;
    // The parts of a text stay together, and the first one alone says what it answers.
    Map<Address, Lane> lanes = new HashMap<>();
    for (Arrival.NewEntry delivery : deliveries) {
      Lane lane = lanes.get(delivery.address());
      if (lane == null) {
        lane = lane(transaction, delivery, author);
        lanes.put(delivery.address(), lane);
      }
      Optional<String> radio = delivery.address() instanceof Address.Mesh mesh
          ? Optional.of(mesh.radio().value())
          : Optional.empty();
      transaction.update(
          INSERT,
          ++id,
          lane.key(),
          radio,
          PayloadCodec.encode(delivery.payload()),
          tokens.choose(transaction, delivery.address()),
          delivery.part(),
          delivery.parts(),
          now,
          delivery.expiresAt(),
          History.of(now, "queued").encode());
    }
  }

  /**
   * What answers something that waits itself stays behind it, even where its author has said more
   * than is fair: before it, it would answer nothing.
   */
  private static Lane lane(Transaction transaction, Arrival.NewEntry delivery, Author author)
      throws SQLException {
    Lane own = Lane.of(delivery.address(), delivery.precedence(), author);
    Optional<Origin> answered = delivery.payload().answers();
    if (answered.isEmpty()) {
      return own;
    }
    String key = Origins.key(answered.get());
    return transaction
        .list(SELECT_WAITING_LANES, row -> new Lane(row.getString(1)), key, IdSequence.BLOCK)
        .stream()
        .filter(lane -> lane.address().equals(delivery.address()))
        .findFirst()
        .map(own::behind)
        .orElse(own);
  }

  /**
   * The heads of some lanes.
   *
   * @param stoppedAt the last lane looked at, if there may be more behind it
   */
  record Front(List<Head> heads, Optional<String> stoppedAt) {}

  /**
   * The oldest waiting entry of each lane, by one look into the index per lane and one more per
   * entry that is settled but not yet marked so.
   *
   * @param limit how many lanes to look at
   */
  static Front front(
      Transaction transaction, Lanes lanes, Map<Long, Marks.Standing> standings, int limit)
      throws SQLException {
    List<Head> heads = new ArrayList<>();
    Optional<Head> head = nextHead(transaction, lanes);
    for (int looked = 1; head.isPresent(); looked++) {
      String lane = head.get().lane.key();
      while (head.isPresent() && Marks.isSettled(standings, head.get().id)) {
        head = transaction.first(SELECT_HEAD_BEHIND, Head::read, lane, head.get().id);
      }
      head.ifPresent(it -> heads.add(it.as(Optional.ofNullable(standings.get(it.id)))));
      if (looked == limit) {
        return new Front(heads, Optional.of(lane));
      }
      head = nextHead(transaction, lanes.behind(lane));
    }
    return new Front(heads, Optional.empty());
  }

  private static Optional<Head> nextHead(Transaction transaction, Lanes lanes) throws SQLException {
    return transaction.first(SELECT_NEXT_HEAD, Head::read, lanes.from(), lanes.to());
  }

  /** The ids of all that waits in some lanes. */
  static List<Long> waiting(Transaction transaction, List<Lane> lanes) throws SQLException {
    List<Long> ids = new ArrayList<>();
    for (Lane lane : lanes) {
      ids.addAll(transaction.list(SELECT_WAITING_IN, row -> row.getLong(1), lane.key()));
    }
    return ids;
  }

  static List<Long> waiting(Transaction transaction, Lanes lanes) throws SQLException {
    return transaction.list(
        SELECT_WAITING_BETWEEN, row -> row.getLong(1), lanes.from(), lanes.to());
  }

  /** Whether the file knows of no end of an entry. */
  static boolean isWaiting(Transaction transaction, long id) throws SQLException {
    return transaction
        .first(SELECT_STATE, row -> row.getString(1), id)
        .filter(Fate.WAITING.name()::equals)
        .isPresent();
  }

  static List<Long> expired(Transaction transaction, Instant now, int limit) throws SQLException {
    return transaction.list(SELECT_EXPIRED, row -> row.getLong(1), now, limit);
  }

  static Optional<OutboxEntry> entry(Transaction transaction, long id) throws SQLException {
    return transaction.first(SELECT_ENTRY, Outbox::readEntry, id);
  }

  /** The packet that a radio knows by this id; the latest if ids came round. */
  static Optional<SentPacket> sentPacket(Transaction transaction, RadioId radio, PacketId id)
      throws SQLException {
    return transaction.first(
        SELECT_SENT_PACKET,
        row -> new SentPacket(readEntry(row), Fate.valueOf(row.getString(10))),
        id.toString(),
        radio.value());
  }

  /** Whether a packet of this id is or was to be sent by any radio. */
  static boolean isSent(Transaction transaction, PacketId id) throws SQLException {
    return transaction.first(SELECT_TOKEN, row -> true, id.toString()).isPresent();
  }

  static OutboxEntry readEntry(ResultSet row) throws SQLException {
    Lane lane = new Lane(row.getString(2));
    return new OutboxEntry(
        row.getLong(1),
        lane.address(),
        lane.isReadable() ? PayloadCodec.decode(row.getString(3)) : new Payload.Unreadable(),
        row.getString(4),
        row.getInt(5),
        row.getInt(6),
        row.getInt(7),
        Instant.ofEpochMilli(row.getLong(8)),
        Instant.ofEpochMilli(row.getLong(9)));
  }

  /** How an entry ended. */
  record Settled(Fate fate, Instant at, String reason, String remoteId, String word) {
    static Settled refused(Instant at, String reason) {
      return new Settled(Fate.REFUSED, at, reason, "", "refused: " + reason);
    }
  }

  static int settle(Transaction transaction, OutboxEntry entry, Settled settled)
      throws SQLException {
    remember(transaction, entry.id(), settled.at, settled.word);
    return transaction.update(
        SETTLE,
        settled.fate,
        settled.at,
        settled.reason,
        settled.remoteId,
        entry.attempts(),
        entry.id());
  }

  /** Why an entry waits on. */
  record Deferred(Instant at, Instant notBefore, int attempts, String reason) {}

  static int defer(Transaction transaction, OutboxEntry entry, Deferred deferred)
      throws SQLException {
    remember(transaction, entry.id(), deferred.at, LATER + deferred.reason);
    return transaction.update(
        DEFER, deferred.notBefore, deferred.attempts, deferred.reason, entry.id());
  }

  /** Gives a waiting or delivered entry a new token; its place in the order stays. */
  OutboxEntry renew(Transaction transaction, OutboxEntry entry, Deferred deferred)
      throws SQLException {
    String token = tokens.choose(transaction, entry.address());
    remember(
        transaction, entry.id(), deferred.at, RENEWED + entry.token() + ": " + deferred.reason);
    transaction.update(RENEW, token, deferred.notBefore, deferred.reason, entry.id());
    return entry.withToken(token).withAttempts(0);
  }

  /** Adds a step to the history. */
  static int remember(Transaction transaction, long id, Instant at, String word)
      throws SQLException {
    Optional<String> history = transaction.first(SELECT_HISTORY, row -> row.getString(1), id);
    if (history.isEmpty()) {
      return 0;
    }
    return transaction.update(
        UPDATE_HISTORY, History.decode(history.get()).with(at, word).encode(), id);
  }
}
