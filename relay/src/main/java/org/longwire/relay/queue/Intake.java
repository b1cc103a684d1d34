package org.longwire.relay.queue;

import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.longwire.relay.store.Transaction;

/** Stores messages with their deliveries. */
final class Intake {
  private final Inbox inbox;
  private final Outbox outbox;
  private final InstantSource clock;

  Intake(Inbox inbox, Outbox outbox, InstantSource clock) {
    this.inbox = inbox;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Refuses what could never have a fate, or what has no ids. */
  static void check(Arrival arrival) {
    if (arrival.verdict().isEmpty() && arrival.deliveries().isEmpty()) {
      throw new IllegalArgumentException("a message is delivered or has a verdict");
    }
    if (arrival.deliveries().size() > IdSequence.MAX_DELIVERIES) {
      throw new IllegalArgumentException(
          "a message has at most " + IdSequence.MAX_DELIVERIES + " deliveries");
    }
  }

  /** Answers false, and stores nothing, when the message is known. */
  boolean add(Transaction transaction, Arrival arrival) throws SQLException {
    Instant now = clock.instant();
    Optional<Long> id = inbox.add(transaction, arrival, now);
    if (id.isPresent()) {
      outbox.add(transaction, id.get(), Author.of(arrival), arrival.deliveries(), now);
      if (arrival.revision().isPresent()) {
        revise(transaction, id.get(), arrival, now);
      }
    }
    return id.isPresent();
  }

  /** Under the earlier message's id they keep its place in the order, if it has one left. */
  private void revise(Transaction transaction, long own, Arrival arrival, Instant now)
      throws SQLException {
    Arrival.Revision revision = arrival.revision().orElseThrow();
    List<Arrival.NewEntry> deliveries = revision.deliveries();
    Optional<Long> earlier = Inbox.revise(transaction, revision.earlier(), arrival.text());
    long behind = own;
    if (earlier.isPresent()) {
      long last = Outbox.last(transaction, earlier.get());
      boolean fits = last - earlier.get() + deliveries.size() <= IdSequence.MAX_DELIVERIES;
      behind = fits ? last : own;
    }
    outbox.add(transaction, behind, Author.of(arrival), deliveries, now);
    if (!arrival.deliveries().isEmpty() && arrival.origin() instanceof Origin.Event edit) {
      Inbox.correct(transaction, revision.earlier(), edit);
    }
  }

  Accepted addAll(Transaction transaction, List<Arrival> arrivals) throws SQLException {
    int taken = 0;
    for (Arrival arrival : arrivals) {
      taken += add(transaction, arrival) ? 1 : 0;
    }
    return new Accepted(taken, arrivals.size() - taken);
  }
}
