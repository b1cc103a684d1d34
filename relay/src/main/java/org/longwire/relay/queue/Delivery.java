package org.longwire.relay.queue;

import java.time.Duration;
import org.longwire.relay.store.StoreException;

/** What came of an attempt. Each outcome knows how to settle its entry. */
public sealed interface Delivery {
  /**
   * Writes the outcome down. May be repeated with the same arguments if it failed.
   *
   * @throws StoreException if it must be durable and is not
   */
  void settle(Ledger ledger, OutboxEntry entry) throws StoreException, InterruptedException;

  /**
   * It is there.
   *
   * @param remoteId the event id or packet id under which the other side knows it
   */
  record Delivered(String remoteId) implements Delivery {
    @Override
    public void settle(Ledger ledger, OutboxEntry entry) {
      ledger.delivered(entry, remoteId);
    }
  }

  /**
   * Not now; again with the same token.
   *
   * @param pause at most {@link Ledger#MAX_DEFERRAL}
   * @param counted whether this was a failure of the entry rather than of the whole link
   */
  record Later(Duration pause, String reason, boolean counted) implements Delivery {
    @Override
    public void settle(Ledger ledger, OutboxEntry entry) {
      ledger.deferred(entry, ledger.now().plus(pause), reason, counted);
    }
  }

  /** Not now; again with a new packet id, because the node remembers the refused one. */
  record Renewed(Duration pause, String reason) implements Delivery {
    @Override
    public void settle(Ledger ledger, OutboxEntry entry)
        throws StoreException, InterruptedException {
      OutboxEntry renewed = ledger.renew(entry, reason);
      ledger.deferred(renewed, ledger.now().plus(pause), reason, false);
    }
  }

  /** Never; the other side refused it for good. */
  record Refused(String reason) implements Delivery {
    @Override
    public void settle(Ledger ledger, OutboxEntry entry) {
      ledger.refused(entry, reason);
    }
  }
}
