package org.longwire.relay.store;

/** What a database does with calls. */
public enum StoreState {
  /** Takes them. */
  OPEN,
  /** Takes them, but has been locked by somebody else for {@link WorkerExecutor#BUSY_LIMIT}. */
  DEGRADED,
  /** Is closing: finishes what it has, refuses what is new. */
  DRAINING,
  /** Refuses everything. */
  CLOSED
}
