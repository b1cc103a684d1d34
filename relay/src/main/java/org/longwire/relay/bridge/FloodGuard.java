package org.longwire.relay.bridge;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.longwire.radio.NodeId;
import org.longwire.relay.queue.Address;
import org.longwire.relay.queue.Arrival;
import org.longwire.relay.queue.Author;
import org.longwire.relay.queue.Ledger;
import org.longwire.relay.store.StoreException;

/** Keeps one node from filling a room's queue, which an account sends slowly or not at all. */
final class FloodGuard {
  /** The reason as {@code trace} shows it. */
  static final String TOO_MANY = "this node sends too many: %d of its messages wait for the room"
      .formatted(Ledger.MAX_WAITING_FOR_ROOM);

  private static final Duration NOTICE_EVERY = Duration.ofHours(1);

  private final Ledger ledger;
  private final RoomNotices notices;

  FloodGuard(Ledger ledger, RoomNotices notices) {
    this.ledger = ledger;
    this.notices = notices;
  }

  /**
   * What the room is told when no more of a node is taken; empty if it is.
   *
   * <p>It is the same notice all through an hour, so that the ledger takes it once.
   */
  Optional<Arrival> notice(Address.Room room, NodeId from, NodeDirectory.Names names, Instant now)
      throws StoreException {
    if (ledger.waiting(room, Author.of(from)) < Ledger.MAX_WAITING_FOR_ROOM) {
      return Optional.empty();
    }
    long hour = now.getEpochSecond() / NOTICE_EVERY.toSeconds();
    String text = "further messages of %s (%s) are not shown for now, it sends too many: %d wait"
        .formatted(names.longName(), from, Ledger.MAX_WAITING_FOR_ROOM);
    return Optional.of(notices.toRoom(room, "flood of %s in hour %d".formatted(from, hour), text));
  }
}
