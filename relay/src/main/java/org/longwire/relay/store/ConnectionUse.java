package org.longwire.relay.store;

import java.util.concurrent.atomic.LongAdder;

/**
 * How often connections were opened since the start, and how often they were used: by a reading, or
 * by a group of writes.
 */
public record ConnectionUse(long opens, long uses) {
  static final ConnectionUse NONE = new ConnectionUse(0, 0);

  ConnectionUse plus(ConnectionUse other) {
    return new ConnectionUse(opens + other.opens, uses + other.uses);
  }

  /** The share of uses for which nothing had to be opened, from 0 to 1. */
  public double reuse() {
    return uses == 0 ? 1 : Math.max(0, 1 - (double) opens / uses);
  }

  /** Counts them. Any thread. */
  static final class Counter {
    private final LongAdder opens = new LongAdder();
    private final LongAdder uses = new LongAdder();

    void opened() {
      opens.increment();
    }

    void used() {
      uses.increment();
    }

    ConnectionUse sum() {
      return new ConnectionUse(opens.sum(), uses.sum());
    }
  }
}
