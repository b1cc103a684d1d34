package org.longwire.relay.bridge;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.longwire.matrix.Homeserver;
import org.longwire.matrix.MatrixException;
import org.longwire.matrix.RoomEvent;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.TimelinePage;
import org.longwire.matrix.UserId;
import org.longwire.relay.queue.Arrival;
import org.longwire.relay.queue.Ledger;
import org.longwire.relay.queue.Origin;
import org.longwire.relay.store.StoreException;

/**
 * Reads a room backwards, for when no bookmark leads forwards any more: up to the last message that
 * was accepted, or our own coming into the room, whichever is later.
 */
final class Rewind {
  private final Homeserver homeserver;
  private final UserId self;
  private final Ledger ledger;
  private final MatrixToMesh toMesh;

  Rewind(Homeserver homeserver, UserId self, Ledger ledger, MatrixToMesh toMesh) {
    this.homeserver = homeserver;
    this.self = self;
    this.ledger = ledger;
    this.toMesh = toMesh;
  }

  /** What was missed, in the order in which it was said, within the limits of a backlog. */
  List<Arrival> read(RoomId room) throws MatrixException, StoreException {
    Deque<RoomEvent> missed = new ArrayDeque<>();
    Optional<String> from = Optional.empty();
    int unread = 0;
    for (int page = 0; page < GapRepair.PAGES_MAX; page++) {
      TimelinePage read = homeserver.history(room, from, GapRepair.PAGE);
      for (RoomEvent event : read.events()) {
        if (isWhereWeWere(event)) {
          return toMesh.catchUp(room, new ArrayList<>(missed), unread);
        }
        if (missed.size() < GapRepair.KEPT_MAX) {
          missed.addFirst(event);
        } else {
          unread++;
        }
      }
      if (read.end().isEmpty() || read.end().equals(from)) {
        break;
      }
      from = read.end();
    }
    return toMesh.catchUp(room, new ArrayList<>(missed), unread);
  }

  private boolean isWhereWeWere(RoomEvent event) throws StoreException {
    if (event instanceof RoomEvent.Membership membership) {
      return membership.user().equals(self) && membership.membership().equals("join");
    }
    return ledger.isKnown(new Origin.Event(event.header().room(), event.header().id()));
  }
}
