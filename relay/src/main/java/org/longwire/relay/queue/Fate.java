package org.longwire.relay.queue;

/**
 * What became of a message or of one of its deliveries. Every message ends in one of the last four.
 */
public enum Fate {
  /** Waits for its turn, for a retry, or for its room to come back. */
  WAITING,
  /** Handed over: the room shows it, or the node has taken it. */
  DELIVERED,
  /** Waited longer than the configured age. */
  EXPIRED,
  /** The other side refused it for good. */
  REFUSED,
  /** Not meant to be relayed, by a rule that has a name. */
  FILTERED
}
