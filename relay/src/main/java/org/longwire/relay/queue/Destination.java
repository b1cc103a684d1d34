package org.longwire.relay.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.longwire.relay.store.StoreException;

/** Turns an entry into one attempt. Used by one thread. */
public interface Destination {
  /**
   * Makes one attempt and says what came of it. Operating failures are outcomes, never exceptions.
   *
   * @throws InterruptedException if the thread was asked to stop; the entry stays as it was, and
   *     the next attempt, perhaps after a restart, has the same token
   */
  Delivery deliver(OutboxEntry entry) throws InterruptedException;

  /**
   * How long to keep away yet before an attempt; it is waited out with nothing in hand, so that its
   * author can still change it, and something more urgent go first.
   */
  default Duration distance(OutboxEntry entry) {
    return Duration.ZERO;
  }

  /**
   * Deals with what became known of earlier deliveries only after they were settled. Called on the
   * same thread, before each look for work.
   *
   * @throws StoreException if it could not be written; it is kept and dealt with next time
   */
  default void settleLate(Ledger ledger) throws StoreException, InterruptedException {}

  /**
   * Nothing waits for an open address of it now, neither due nor put off. Called on the same
   * thread, and often.
   *
   * @return when it wants to be asked again if still nothing waits then
   */
  default Optional<Instant> idle() {
    return Optional.empty();
  }

  /** Whether anything can be delivered there now. Entries for closed addresses wait. */
  boolean isOpen(Address address);
}
