package org.longwire.relay.queue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A message and what became of it.
 *
 * @param said when it was said, as far as known
 * @param text as its author left it last; empty when it has been removed with age
 * @param before the words that the author has changed; empty if they stand
 * @param fate of the message as a whole: it waits while one delivery does, and is delivered when
 *     all are that were not withdrawn
 * @param reason why it was not delivered; empty when there is none
 * @param notices what its author was told, the earliest first
 */
public record TraceEntry(
    Origin origin,
    Instant said,
    Instant accepted,
    String sender,
    String place,
    String text,
    String before,
    Fate fate,
    String reason,
    List<TraceDelivery> deliveries,
    Optional<Answered> answered,
    List<Notice> notices) {
  public TraceEntry {
    deliveries = List.copyOf(deliveries);
    notices = List.copyOf(notices);
  }

  /**
   * The message that this one answers or reacts to.
   *
   * @param sender empty, like the text, when the ledger does not have it any more
   */
  public record Answered(Origin origin, String sender, String text) {}

  /** What its author was told of it in the room. */
  public record Notice(Instant at, String text) {}

  /**
   * One delivery of it.
   *
   * @param token the transaction id or packet id of its attempts
   * @param remoteId the event id or packet id it got; empty before it was delivered
   * @param reason of its last failure; may be empty
   */
  public record TraceDelivery(
      Address address,
      int part,
      int parts,
      String token,
      String remoteId,
      Fate fate,
      String reason,
      int attempts,
      Instant expiresAt,
      History history) {}
}
