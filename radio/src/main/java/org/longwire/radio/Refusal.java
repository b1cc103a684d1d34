package org.longwire.radio;

/**
 * Why a packet was refused, and what that asks of the sender (reference: meshtastic.md §3.6, §4.2).
 */
public enum Refusal {
  /**
   * Text or route request too soon after the last one (Routing 38, or words to the operator): again
   * with a new id after the gap.
   */
  RATE_LIMITED(Cure.NEW_ID_LATER),
  /** The node's transmit queue is full (QueueStatus 32): again with a new id after a pause. */
  QUEUE_FULL(Cure.NEW_ID_LATER),
  /** The hour's airtime is used up (Routing 9): again with a new id after minutes. */
  DUTY_CYCLE(Cure.NEW_ID_LATER),
  /**
   * Region unset or sending switched off (QueueStatus 34): again when the operator has mended it.
   */
  TX_DISABLED(Cure.OPERATOR),
  /** No radio hardware behind the node (Routing 4, QueueStatus 33). */
  NO_INTERFACE(Cure.OPERATOR),
  /** The channel is disabled or unknown (Routing 6). */
  NO_CHANNEL(Cure.NONE),
  /** Over the payload limit (Routing 7). */
  TOO_LARGE(Cure.NONE),
  /** The peer lacks our key (Routing 35). */
  PEER_LACKS_OUR_KEY(Cure.NONE),
  /** Our node lacks the peer's key, or the destination is invalid (Routing 39). */
  NO_KEY_FOR_PEER(Cure.NONE),
  /** Encryption was demanded and failed (Routing 34). */
  PKI_FAILED(Cure.NONE),
  /** Anything else: malformed, not authorised, a number newer than this program. */
  OTHER(Cure.NONE);

  /** What can be done about a refusal. */
  public enum Cure {
    /** Send the same text again under a new id, later. */
    NEW_ID_LATER,
    /** Only the operator of the node can mend it; keep the message and say so. */
    OPERATOR,
    /** Nothing: tell the author. */
    NONE
  }

  private final Cure cure;

  Refusal(Cure cure) {
    this.cure = cure;
  }

  public Cure cure() {
    return cure;
  }
}
