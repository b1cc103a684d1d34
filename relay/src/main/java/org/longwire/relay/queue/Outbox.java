package org.longwire.relay.queue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
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

  static final String SELECT_EXPIRED = """
      SELECT id FROM outbox INDEXED BY outbox_waiting
      WHERE state = 'WAITING' AND expires_at <= ? LIMIT ?
      """;

  private static final String COLUMNS =
      "id, lane, payload, token, part, parts, attempts, accepted_at, expires_at";

  private static final String SELECT_ENTRY = "SELECT " + COLUMNS + " FROM outbox WHERE id = ?";

  static final String SELECT_SENT_PACKET = "SELECT "
      + COLUMNS
      + ", state FROM outbox WHERE token = ? AND radio = ? ORDER BY id DESC LIMIT 1";

  static final String SELECT_TOKEN =
      "SELECT 1 FROM outbox WHERE token = ? AND radio IS NOT NULL LIMIT 1";

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
  record Head(long id, String lane, long notBefore, long expiresAt) {
    private static Head read(ResultSet row) throws SQLException {
      return new Head(row.getLong(1), row.getString(2), row.getLong(3), row.getLong(4));
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

  /** Stores the deliveries of a message, each under a token of its own. */
  void add(Transaction transaction, long message, Arrival arrival, Instant now)
      throws SQLException {
    long id = message;
    for (Arrival.NewEntry delivery : arrival.deliveries()) {
      Optional<String> radio = delivery.address() instanceof Address.Mesh mesh
          ? Optional.of(mesh.radio().value())
          : Optional.empty();
      transaction.update(
          INSERT,
          ++id,
          Lane.of(delivery.address()).key(),
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
   * The oldest waiting entry of each lane, by one look into the index per lane and one more per
   * entry that is settled but not yet marked so.
   */
  static List<Head> heads(Transaction transaction, Lanes lanes, Map<Long, Marks.Standing> standings)
      throws SQLException {
    List<Head> heads = new ArrayList<>();
    Optional<Head> head = nextHead(transaction, lanes.from(), lanes);
    while (head.isPresent()) {
      String lane = head.get().lane;
      while (head.isPresent() && isSettled(standings, head.get().id)) {
        head = transaction.first(SELECT_HEAD_BEHIND, Head::read, lane, head.get().id);
      }
      head.ifPresent(it -> heads.add(it.as(Optional.ofNullable(standings.get(it.id)))));
      head = nextHead(transaction, lane, lanes);
    }
    return heads;
  }

  private static Optional<Head> nextHead(Transaction transaction, String behind, Lanes lanes)
      throws SQLException {
    return transaction.first(SELECT_NEXT_HEAD, Head::read, behind, lanes.to());
  }

  private static boolean isSettled(Map<Long, Marks.Standing> standings, long id) {
    Marks.Standing standing = standings.get(id);
    return standing != null && standing.fate() != Fate.WAITING;
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

  private static OutboxEntry readEntry(ResultSet row) throws SQLException {
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
  record Settled(Fate fate, Instant at, String reason, String remoteId, String word) {}

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
    remember(transaction, entry.id(), deferred.at, "later: " + deferred.reason);
    return transaction.update(
        DEFER, deferred.notBefore, deferred.attempts, deferred.reason, entry.id());
  }

  /** Gives a waiting or delivered entry a new token; its place in the order stays. */
  OutboxEntry renew(Transaction transaction, OutboxEntry entry, Deferred deferred)
      throws SQLException {
    String token = tokens.choose(transaction, entry.address());
    remember(
        transaction, entry.id(), deferred.at, "renewed " + entry.token() + ": " + deferred.reason);
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
