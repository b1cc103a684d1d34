package org.longwire.relay.queue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A message as it is accepted: what came, and what is to be done about it. The row for it and the
 * rows of its deliveries commit together.
 *
 * @param at when it was said, as far as known, else when it came
 * @param sender how people call its author, for {@code trace}
 * @param place the channel or room it was said in, for {@code trace}
 * @param text its words, kept for {@code trace} until retention ends
 * @param verdict empty when it is to be delivered, else why it is not
 * @param deliveries in order; empty when there is a verdict
 */
public record Arrival(
    Origin origin,
    Instant at,
    String sender,
    String place,
    String text,
    Optional<Verdict> verdict,
    List<NewEntry> deliveries) {
  public Arrival {
    deliveries = List.copyOf(deliveries);
    if (verdict.isPresent() && !deliveries.isEmpty()) {
      throw new IllegalArgumentException("a message with a verdict is not delivered");
    }
  }

  /** Why an accepted message is not delivered at all. */
  public record Verdict(Fate fate, String reason) {}

  /**
   * One delivery to make. Its transaction id or packet id is chosen by the outbox when it is
   * stored.
   *
   * @param expiresAt after which it is not delivered any more
   * @param part which part of a split text this is, from 1
   */
  public record NewEntry(
      Address address, Payload payload, Instant expiresAt, int part, int parts) {}
}
