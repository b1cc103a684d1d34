package org.longwire.relay.queue;

import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.longwire.relay.run.StatusBoard;

/** What duties and destinations share: the clock, chance, and where they say how they are. */
public record Conditions(InstantSource clock, RandomGenerator random, StatusBoard status) {
  /** The part that speaks of the ledger on the status board. */
  public static final String STORE_PART = "store";

  /** How long to wait while the storage fails, before it is asked again. */
  public static final Duration STORE_PAUSE = Duration.ofSeconds(10);

  /** How long to wait after so many failures in a row. */
  public Duration waitAfter(int failures) {
    return RetryPolicy.STANDARD.pauseAfter(failures, random);
  }
}
