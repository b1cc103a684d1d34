package org.longwire.relay.store.repository;

import java.util.concurrent.CompletableFuture;

/**
 * A number in a store by which those who told it something know it again. A store that was restored
 * from a backup, made anew, or cut off by a power failure does not have the last one. Any thread.
 */
public interface StoreSeal {
  /** For those who have none yet. */
  long NONE = 0;

  /**
   * What an exchange found.
   *
   * @param known whether the store had the seal that was taken away
   * @param seal the one it has now
   */
  record Exchanged(boolean known, long seal) {}

  /** Puts a new seal in the place of another; completes after the commit, on its thread. */
  CompletableFuture<Exchanged> exchange(long before);
}
