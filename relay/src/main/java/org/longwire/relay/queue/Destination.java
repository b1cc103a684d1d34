package org.longwire.relay.queue;

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
   * Deals with what became known of earlier deliveries only after they were settled. Called on the
   * same thread, before each look for work.
   *
   * @throws StoreException if it could not be written; it is kept and dealt with next time
   */
  default void settleLate(Ledger ledger) throws StoreException, InterruptedException {}

  /** Nothing waits for it now, neither due nor put off. Called on the same thread, and often. */
  default void idle() {}

  /** Whether anything can be delivered there now. Entries for closed addresses wait. */
  boolean isOpen(Address address);
}
