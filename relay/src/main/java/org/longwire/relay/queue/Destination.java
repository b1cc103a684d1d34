package org.longwire.relay.queue;

/** Turns an entry into one attempt. Used by one thread. */
public interface Destination {
  /**
   * Makes one attempt and says what came of it. Operating failures are outcomes, never exceptions.
   *
   * @throws InterruptedException if the thread was asked to stop; the entry stays as it was, and
   *     the next attempt, perhaps after a restart, has the same token
   */
  Delivery deliver(OutboxEntry entry) throws InterruptedException;

  /** Whether anything can be delivered there now. Entries for closed addresses wait. */
  boolean isOpen(Address address);
}
