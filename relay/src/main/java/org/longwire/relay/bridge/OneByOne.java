package org.longwire.relay.bridge;

import java.util.List;
import org.longwire.relay.queue.Arrival;
import org.longwire.relay.queue.Ledger;
import org.longwire.relay.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has messages accepted singly, so that one which the ledger refuses blocks no other. */
final class OneByOne {
  private static final Logger LOG = LoggerFactory.getLogger(OneByOne.class);

  private OneByOne() {}

  /** Drops, with an error in the journal, what the ledger's own rules forbid: a bug of ours. */
  static void accept(Ledger ledger, List<Arrival> arrivals)
      throws StoreException, InterruptedException {
    for (Arrival arrival : arrivals) {
      try {
        ledger.accept(arrival);
      } catch (StoreException.Constraint | IllegalArgumentException bug) {
        LOG.error("{} is dropped, the ledger refuses it", arrival.origin(), bug);
      }
    }
  }
}
