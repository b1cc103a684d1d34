package org.longwire.radio;

import java.util.Optional;

/**
 * What a node's numbers mean for a packet of ours (reference: meshtastic.md §3.6, §4.2, §4.3).
 * Pure.
 */
final class Answers {
  /** Numbers of a queue status. */
  private static final int TAKEN = 0;

  private static final int RELEASED = 35;
  private static final int LOCAL_QUEUE_FULL = 32;
  private static final int LOCAL_NO_INTERFACE = 33;
  private static final int LOCAL_TX_DISABLED = 34;

  /** Numbers of a Routing packet, some of which mean something else in a queue status. */
  static final int NO_ERROR = 0;

  private static final int NO_INTERFACE = 4;
  private static final int MAX_RETRANSMIT = 5;
  private static final int NO_CHANNEL = 6;
  private static final int TOO_LARGE = 7;
  private static final int NO_RESPONSE = 8;
  private static final int DUTY_CYCLE_LIMIT = 9;
  private static final int PKI_FAILED = 34;
  private static final int PKI_UNKNOWN_PUBKEY = 35;
  private static final int RATE_LIMIT_EXCEEDED = 38;
  private static final int PKI_SEND_FAIL_PUBLIC_KEY = 39;

  private static final String TOO_SOON = "can only be sent once every";

  private Answers() {}

  /**
   * Whether a word to the operator says that a packet came too soon. It is all that a node says
   * when it refuses a route request, and before firmware 2.7.4 a text (§4.1; capture 19a).
   */
  static boolean isTooSoon(String words) {
    return words.contains(TOO_SOON);
  }

  /** Whether a Routing packet tells that a packet was received. */
  static boolean isAcknowledgement(int error) {
    return error == NO_ERROR;
  }

  /** Whether a queue status says that the node has the packet. */
  static boolean isTaken(int result) {
    return result == TAKEN || result == RELEASED;
  }

  /** The refusals that come by queue status without a NAK; for all others the NAK tells. */
  static Optional<Refusal> localRefusal(int result) {
    return switch (result) {
      case LOCAL_QUEUE_FULL -> Optional.of(Refusal.QUEUE_FULL);
      case LOCAL_NO_INTERFACE -> Optional.of(Refusal.NO_INTERFACE);
      case LOCAL_TX_DISABLED -> Optional.of(Refusal.TX_DISABLED);
      default -> Optional.empty();
    };
  }

  /** The state that a Routing packet of the node itself or of the addressee stands for. */
  static Optional<DeliveryState> stateOf(int error, boolean fromPeer) {
    return switch (error) {
      case NO_ERROR ->
        Optional.of(fromPeer ? new DeliveryState.Delivered() : new DeliveryState.Relayed());
      case MAX_RETRANSMIT -> Optional.of(new DeliveryState.NotHeard());
      // Some module of a receiver had no answer to give; the text was received all the same.
      case NO_RESPONSE -> Optional.empty();
      default -> Optional.of(new DeliveryState.Refused(refusal(error)));
    };
  }

  private static Refusal refusal(int error) {
    return switch (error) {
      case NO_INTERFACE -> Refusal.NO_INTERFACE;
      case NO_CHANNEL -> Refusal.NO_CHANNEL;
      case TOO_LARGE -> Refusal.TOO_LARGE;
      case DUTY_CYCLE_LIMIT -> Refusal.DUTY_CYCLE;
      case PKI_FAILED -> Refusal.PKI_FAILED;
      case PKI_UNKNOWN_PUBKEY -> Refusal.PEER_LACKS_OUR_KEY;
      case RATE_LIMIT_EXCEEDED -> Refusal.RATE_LIMITED;
      case PKI_SEND_FAIL_PUBLIC_KEY -> Refusal.NO_KEY_FOR_PEER;
      default -> Refusal.OTHER;
    };
  }

  /**
   * Whether {@code next} is news after {@code known}. Knowledge only grows: nothing follows a
   * delivery, no hand-over follows an answer, and a repeat that was heard is not unheard. A repeat
   * after a refusal is news: a packet that found the queue full may still go out on the retry.
   */
  static boolean supersedes(Optional<DeliveryState> known, DeliveryState next) {
    if (known.isEmpty()) {
      return true;
    }
    DeliveryState before = known.get();
    if (before.equals(next)
        || before instanceof DeliveryState.Delivered
        || next instanceof DeliveryState.Unknown) {
      return false;
    }
    if (next instanceof DeliveryState.HandedOver) {
      return before instanceof DeliveryState.Unknown;
    }
    return !(next instanceof DeliveryState.NotHeard && before instanceof DeliveryState.Relayed);
  }
}
