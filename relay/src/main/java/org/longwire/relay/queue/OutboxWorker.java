package org.longwire.relay.queue;

import java.time.Duration;
import java.util.Optional;
import org.longwire.relay.run.Duty;
import org.longwire.relay.run.Pause;
import org.longwire.relay.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One step takes what is due for its addresses, makes one attempt, and settles it. Addresses are
 * served by one worker only, because their order depends on it.
 *
 * <p>While the storage fails, what was attempted is known in memory and is not attempted again;
 * outcomes that must be durable are written before the next attempt.
 */
public final class OutboxWorker implements Duty {
  /** How long to wait while the storage fails, before it is asked again. */
  public static final Duration STORAGE_PAUSE = Duration.ofSeconds(10);

  /**
   * Outcomes that may be known in memory only. A crash would repeat that many attempts, with their
   * old ids; beyond it the worker stops delivering until they are written.
   */
  static final int MAX_UNWRITTEN = 500;

  private static final Logger LOG = LoggerFactory.getLogger(OutboxWorker.class);

  private final Ledger ledger;
  private final Lanes lanes;
  private final Destination destination;
  private final Pause pause;
  private String lastWarning = "";

  /** @param pause waits while the storage fails */
  public OutboxWorker(Ledger ledger, Lanes lanes, Destination destination, Pause pause) {
    this.ledger = ledger;
    this.lanes = lanes;
    this.destination = destination;
    this.pause = pause;
  }

  @Override
  public void step() throws InterruptedException {
    Optional<Due> nothingDue = work();
    if (nothingDue.isPresent()) {
      ledger.awaitWork(nothingDue.get());
    }
  }

  /**
   * Does what is due now.
   *
   * @return what to wait for if nothing is due; empty after a piece of work, or trouble
   */
  public Optional<Due> work() throws InterruptedException {
    int unwritten = ledger.retryMarks();
    if (unwritten > 0) {
      warnOnce("the ledger cannot be written: outcomes are known in memory only for a while");
      pause.pause(STORAGE_PAUSE);
      if (unwritten >= MAX_UNWRITTEN) {
        return Optional.empty();
      }
    }
    try {
      destination.settleLate(ledger);
      Due due = ledger.due(lanes, destination::isOpen);
      if (due.entry().isEmpty()) {
        return Optional.of(due);
      }
      if (due.expired()) {
        ledger.expired(due.entry().get());
      } else {
        OutboxEntry entry = due.entry().get();
        settle(destination.deliver(entry), entry);
        lastWarning = "";
      }
    } catch (StoreException e) {
      afterTrouble(e);
    }
    return Optional.empty();
  }

  /** An entry whose outcome is not known to the ledger must not be attempted again, so insist. */
  private void settle(Delivery delivery, OutboxEntry entry) throws InterruptedException {
    while (true) {
      try {
        delivery.settle(ledger, entry);
        return;
      } catch (StoreException e) {
        afterTrouble(e);
      }
    }
  }

  private void afterTrouble(StoreException trouble) throws InterruptedException {
    if (!trouble.mayRetry()) {
      throw new IllegalStateException("the ledger cannot be used any more", trouble);
    }
    warnOnce("the ledger failed: " + trouble.getMessage());
    pause.pause(STORAGE_PAUSE);
  }

  /** The same trouble comes back every few seconds, and must not fill the journal as well. */
  private void warnOnce(String sentence) {
    if (!sentence.equals(lastWarning)) {
      lastWarning = sentence;
      LOG.warn("{}", sentence);
    }
  }
}
