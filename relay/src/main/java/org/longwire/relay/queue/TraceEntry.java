package org.longwire.relay.queue;

import java.time.Instant;
import java.util.List;

/**
 * A message and what became of it.
 *
 * @param said when it was said, as far as known
 * @param text empty when it has been removed with age
 * @param fate of the message as a whole: it waits while one delivery does, and is delivered when
 *     all are
 * @param reason why it was not delivered; empty when there is none
 */
public record TraceEntry(
    Origin origin,
    Instant said,
    Instant accepted,
    String sender,
    String place,
    String text,
    Fate fate,
    String reason,
    List<TraceDelivery> deliveries) {
  public TraceEntry {
    deliveries = List.copyOf(deliveries);
  }

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
