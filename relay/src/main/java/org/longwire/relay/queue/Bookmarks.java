package org.longwire.relay.queue;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.SyncToken;
import org.longwire.matrix.UserId;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.Transaction;
import org.longwire.relay.store.Work;

/**
 * How far the rooms were read: the sync token of each account and the gaps behind it. The token of
 * a page with nothing in it is held in memory and rides on the next write; losing it only means
 * reading nothing again.
 */
final class Bookmarks {
  /** How long a token of empty pages may be held: a server may forget very old ones. */
  static final Duration HOLD_LIMIT = Duration.ofMinutes(15);

  private static final String SELECT_TOKEN = "SELECT token FROM sync_state WHERE account = ?";

  private static final String STORE_TOKEN = """
      INSERT INTO sync_state(account, token, stored_at) VALUES (?, ?, ?)
      ON CONFLICT(account) DO UPDATE SET token = excluded.token, stored_at = excluded.stored_at
      """;

  private static final String SELECT_GAPS =
      "SELECT room, from_token, to_token, opened_at, taken FROM gap ORDER BY opened_at, room";

  /** A gap that is open already grows: what lies between is still to be read, and only once. */
  private static final String OPEN_GAP = """
      INSERT INTO gap(room, from_token, to_token, opened_at, taken) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT(room) DO UPDATE SET to_token = excluded.to_token
      """;

  private static final String ADVANCE_GAP =
      "UPDATE gap SET from_token = ?, taken = taken + ? WHERE room = ?";

  private static final String CLOSE_GAP = "DELETE FROM gap WHERE room = ? AND to_token = ?";

  private final Database database;
  private final InstantSource clock;
  private Optional<Held> held = Optional.empty();
  private Instant heldSince = Instant.MIN;

  Bookmarks(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** A token that waits in memory. */
  private record Held(UserId account, SyncToken token) {}

  /** Writes durably, and the held token along with it if the work did write something. */
  <T> T writeAlong(Work<T> work, Predicate<T> wrote) throws StoreException, InterruptedException {
    AtomicReference<Optional<Held>> rode = new AtomicReference<>(Optional.empty());
    T result = database.write(tx -> {
      T made = work.run(tx);
      rode.set(wrote.test(made) ? writeHeld(tx) : Optional.empty());
      return made;
    });
    stored(rode.get());
    return result;
  }

  /** Holds the token of an empty page, and stores it lazily when it has been held too long. */
  void remember(UserId account, SyncToken token) throws InterruptedException {
    if (hold(account, token, clock.instant())) {
      database.submitLazy(this::writeHeld).thenAccept(this::stored);
    }
  }

  private synchronized boolean hold(UserId account, SyncToken token, Instant now) {
    if (held.isEmpty()) {
      heldSince = now;
    }
    held = Optional.of(new Held(account, token));
    // Either way round: a clock that went back must not hold it for years.
    return Duration.between(heldSince, now).abs().compareTo(HOLD_LIMIT) >= 0;
  }

  synchronized Optional<SyncToken> held(UserId account) {
    return held.filter(it -> it.account.equals(account)).map(Held::token);
  }

  /** A newer token is about to be stored. */
  synchronized void forgetHeld() {
    held = Optional.empty();
  }

  /** The held token is durable, unless a newer one has been held meanwhile. */
  private synchronized void stored(Optional<Held> written) {
    if (written.isPresent() && written.equals(held)) {
      held = Optional.empty();
    }
  }

  private Optional<Held> writeHeld(Transaction transaction) throws SQLException {
    Optional<Held> present;
    synchronized (this) {
      present = held;
    }
    if (present.isPresent()) {
      write(transaction, present.get().account, present.get().token, clock.instant());
    }
    return present;
  }

  static void write(Transaction transaction, UserId account, SyncToken token, Instant now)
      throws SQLException {
    transaction.update(STORE_TOKEN, account.value(), token.value(), now);
  }

  static Optional<SyncToken> token(Transaction transaction, UserId account) throws SQLException {
    return transaction.first(SELECT_TOKEN, row -> new SyncToken(row.getString(1)), account.value());
  }

  static List<Gap> gaps(Transaction transaction) throws SQLException {
    return transaction.list(
        SELECT_GAPS,
        row -> new Gap(
            new RoomId(row.getString(1)),
            row.getString(2),
            row.getString(3),
            Instant.ofEpochMilli(row.getLong(4)),
            row.getInt(5)));
  }

  static void open(Transaction transaction, Gap gap) throws SQLException {
    transaction.update(
        OPEN_GAP, gap.room().value(), gap.from(), gap.to(), gap.openedAt(), gap.taken());
  }

  /**
   * Moves the gap on, or closes it when there is no further position. One that has grown since the
   * caller saw it goes on from where he believed its end.
   */
  static void advance(Transaction transaction, Gap gap, int taken, Optional<String> from)
      throws SQLException {
    String room = gap.room().value();
    if (from.isPresent() || transaction.update(CLOSE_GAP, room, gap.to()) == 0) {
      transaction.update(ADVANCE_GAP, from.orElse(gap.to()), taken, room);
    }
  }
}
