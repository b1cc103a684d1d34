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
  /**
   * Outcomes that may be known in memory only. A crash would repeat that many attempts, with their
   * old ids; beyond it the worker stops delivering until they are written.
   */
  static final int MAX_UNWRITTEN = 500;

  private static final Logger LOG = LoggerFactory.getLogger(OutboxWorker.class);

  private final Ledger ledger;
  private final Lanes lanes;
  private final Destination destination;
  private final Fairness fairness;
  private final Pause pause;
  private String lastWarning = "";

  /** What was attempted and could not be written down yet. */
  private Optional<Attempt> unsettled = Optional.empty();

  private record Attempt(OutboxEntry entry, Delivery outcome) {}

  /**
   * A worker for some addresses.
   *
   * @param fairness its own
   * @param pause waits while the storage fails, and while a destination wants distance
   */
  public OutboxWorker(
      Ledger ledger, Lanes lanes, Destination destination, Fairness fairness, Pause pause) {
    this.ledger = ledger;
    this.lanes = lanes;
    this.destination = destination;
    this.fairness = fairness;
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
      pause.pause(Conditions.STORE_PAUSE);
      if (unwritten >= MAX_UNWRITTEN) {
        return Optional.empty();
      }
    }
    try {
      if (unsettled.isPresent()) {
        settle();
        return Optional.empty();
      }
      destination.settleLate(ledger);
      Due due = ledger.due(lanes, destination::isOpen, fairness);
      if (due.entry().isEmpty()) {
        return Optional.of(due.next().isEmpty() ? due.until(destination.idle()) : due);
      }
      if (due.expired()) {
        ledger.expired(due.entry().get());
      } else if (isNear(due.entry().get())) {
        OutboxEntry entry = due.entry().get();
        unsettled = Optional.of(new Attempt(entry, attempt(entry)));
        if (unsettled.get().outcome() instanceof Delivery.Delivered) {
          fairness.delivered(due.author());
        }
        settle();
      }
    } catch (StoreException e) {
      afterTrouble(e);
    }
    return Optional.empty();
  }

  /** Else the distance is kept, and then there is another look: it may be somebody else's turn. */
  private boolean isNear(OutboxEntry entry) throws InterruptedException {
    Duration distance = destination.distance(entry);
    if (distance.isZero()) {
      return true;
    }
    ledger.putBack(entry);
    pause.pause(distance);
    return false;
  }

  /**
   * An entry whose outcome the ledger does not know must not be attempted again, so its settling is
   * insisted upon, once a step, before anything else.
   */
  private void settle() throws StoreException, InterruptedException {
    Attempt attempt = unsettled.orElseThrow();
    attempt.outcome().settle(ledger, attempt.entry());
    unsettled = Optional.empty();
    lastWarning = "";
  }

  private Delivery attempt(OutboxEntry entry) throws InterruptedException {
    return entry.payload() instanceof Payload.Unreadable
        ? new Delivery.Refused("unreadable row")
        : destination.deliver(entry);
  }

  private void afterTrouble(StoreException trouble) throws InterruptedException {
    if (!trouble.mayRetry()) {
      throw new IllegalStateException("the ledger cannot be used any more", trouble);
    }
    warnOnce("the ledger failed: " + trouble.getMessage());
    pause.pause(Conditions.STORE_PAUSE);
  }

  /** The same trouble comes back every few seconds, and must not fill the journal as well. */
  private void warnOnce(String sentence) {
    if (!sentence.equals(lastWarning)) {
      lastWarning = sentence;
      LOG.warn("{}", sentence);
    }
  }
}
