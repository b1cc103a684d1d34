package org.longwire.relay;

import java.time.Duration;
import org.longwire.relay.queue.Conditions;
import org.longwire.relay.run.StatusBoard;
import org.longwire.relay.run.StatusBoard.Health;
import org.longwire.relay.store.CommitObserver;
import org.longwire.relay.store.StoreException;

/** Takes back what was said of a failing store when a commit succeeds again. */
record StoreHealth(StatusBoard status, CommitObserver next) implements CommitObserver {
  static final String PART = Conditions.STORE_PART;

  /** What a healthy ledger says. */
  static void well(StatusBoard status) {
    status.tell(PART, Health.OK, "the ledger is in order");
  }

  @Override
  public void beforeCommit() {
    next.beforeCommit();
  }

  @Override
  public void afterCommit() {
    next.afterCommit();
    well(status);
  }

  @Override
  public void failed(StoreException why) {
    next.failed(why);
  }

  @Override
  public void replaced() {
    next.replaced();
  }

  @Override
  public void locked(Duration since) {
    next.locked(since);
    status.tell(PART, Health.FAILED, "another process keeps the ledger locked; find and end it");
  }
}
