package org.longwire.relay.bridge;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.longwire.matrix.Homeserver;
import org.longwire.matrix.MatrixException;
import org.longwire.matrix.RoomEvent;
import org.longwire.matrix.TimelinePage;
import org.longwire.relay.queue.Arrival;
import org.longwire.relay.queue.Gap;
import org.longwire.relay.queue.Ledger;
import org.longwire.relay.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what a sync left out. A gap reaches from the bookmark before the sync to the one after it,
 * so the sync's own timeline is part of it and order is kept. A gap is stored with the bookmark and
 * closed together with what it gave rise to: a crash in between reads it again, and what was
 * accepted already is known by its id.
 */
final class GapRepair {
  /** Events a request; what servers give at most. */
  static final int PAGE = 100;

  /** A gap of more pages than this ends here; it is far beyond any backlog that is relayed. */
  static final int PAGES_MAX = 2_000;

  /** Events kept while reading; the newest, because the backlog's limit is on these. */
  static final int KEPT_MAX = 2_000;

  private static final Logger LOG = LoggerFactory.getLogger(GapRepair.class);

  private final Homeserver homeserver;
  private final Ledger ledger;
  private final MatrixToMesh toMesh;
  private final RoomKeeper keeper;
  private final Rewind rewind;

  GapRepair(
      Homeserver homeserver, Ledger ledger, MatrixToMesh toMesh, RoomKeeper keeper, Rewind rewind) {
    this.rewind = rewind;
    this.homeserver = homeserver;
    this.ledger = ledger;
    this.toMesh = toMesh;
    this.keeper = keeper;
  }

  /** Closes all open gaps, the oldest first. */
  void repair() throws MatrixException, StoreException, InterruptedException {
    for (Gap gap : ledger.gaps()) {
      try {
        close(gap);
      } catch (MatrixException failure) {
        giveUp(gap, failure);
      }
    }
  }

  /** A bookmark may have become worthless; the room can still be read from its end. */
  private void giveUp(Gap gap, MatrixException failure)
      throws MatrixException, StoreException, InterruptedException {
    switch (failure.advice()) {
      case PARK_ROOM -> {
        LOG.warn(
            "what was said in {} meanwhile cannot be read: {}", gap.room(), failure.getMessage());
        ledger.advanceGap(gap, List.of(), Optional.empty());
      }
      case GIVE_UP, RESYNC -> ledger.advanceGap(gap, rewind.read(gap.room()), Optional.empty());
      default -> throw failure;
    }
  }

  private void close(Gap gap) throws MatrixException, StoreException, InterruptedException {
    Deque<RoomEvent> events = new ArrayDeque<>();
    int dropped = 0;
    Optional<String> from = Optional.of(gap.from());
    for (int page = 0; from.isPresent() && page < PAGES_MAX; page++) {
      TimelinePage read = homeserver.messages(gap.room(), from.get(), gap.to(), PAGE);
      events.addAll(read.events());
      while (events.size() > KEPT_MAX) {
        events.removeFirst();
        dropped++;
      }
      from = read.end().equals(from) ? Optional.empty() : read.end();
    }
    Optional<String> omission =
        from.map(rest -> "reading stopped after %d events, and later ones were not looked at"
            .formatted(PAGES_MAX * PAGE));
    omission.ifPresent(sentence -> LOG.warn("{}: {}", gap.room(), sentence));
    List<RoomEvent> inOrder = new ArrayList<>(events);
    List<Arrival> arrivals = toMesh.catchUp(gap.room(), inOrder, dropped, omission);
    ledger.advanceGap(gap, arrivals, Optional.empty());
    inOrder.forEach(keeper::observe);
  }
}
