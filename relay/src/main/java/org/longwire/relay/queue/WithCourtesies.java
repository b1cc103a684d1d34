package org.longwire.relay.queue;

import java.time.Instant;
import java.util.Optional;
import org.longwire.matrix.Homeserver;
import org.longwire.relay.store.StoreException;

/** Delivers to rooms, and shows them courtesies when nothing waits. Used by one sender thread. */
public final class WithCourtesies implements Destination {
  private final Destination rooms;
  private final Homeserver homeserver;
  private final Courtesies courtesies;

  public WithCourtesies(Destination rooms, Homeserver homeserver, Courtesies courtesies) {
    this.rooms = rooms;
    this.homeserver = homeserver;
    this.courtesies = courtesies;
  }

  @Override
  public Delivery deliver(OutboxEntry entry) throws InterruptedException {
    Delivery outcome = rooms.deliver(entry);
    if (outcome instanceof Delivery.Delivered) {
      courtesies.sent();
    } else if (outcome instanceof Delivery.Later) {
      courtesies.giveWay();
    }
    return outcome;
  }

  @Override
  public void settleLate(Ledger ledger) throws StoreException, InterruptedException {
    rooms.settleLate(ledger);
  }

  @Override
  public Optional<Instant> idle() {
    return courtesies.sendOne(homeserver);
  }

  @Override
  public boolean isOpen(Address address) {
    return rooms.isOpen(address);
  }
}
