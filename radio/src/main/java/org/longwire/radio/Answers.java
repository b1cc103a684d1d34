package org.longwire.radio;

import java.util.Optional;

/**
 * What a node's numbers mean for a packet of ours (reference: meshtastic.md §3.6, §4.2, §4.3).
 * Pure.
 */
final class Answers {
  private static final int TAKEN = 0;
  private static final int RELEASED = 35;
  private static final int MAX_RETRANSMIT = 5;
  private static final int NO_RESPONSE = 8;

  private Answers() {}

  /** Whether a queue status says that the node has the packet. */
  static boolean isTaken(int result) {
    return result == TAKEN || result == RELEASED;
  }

  /** The refusals that come by queue status without a NAK; for all others the NAK tells. */
  static Optional<Refusal> localRefusal(int result) {
    return switch (result) {
      case 32 -> Optional.of(Refusal.QUEUE_FULL);
      case 33 -> Optional.of(Refusal.NO_INTERFACE);
      case 34 -> Optional.of(Refusal.TX_DISABLED);
      default -> Optional.empty();
    };
  }

  /** The state that a Routing packet of the node itself or of the addressee stands for. */
  static Optional<DeliveryState> stateOf(int error, boolean fromPeer) {
    return switch (error) {
      case 0 -> Optional.of(fromPeer ? new DeliveryState.Delivered() : new DeliveryState.Relayed());
      case MAX_RETRANSMIT -> Optional.of(new DeliveryState.NotHeard());
      // Some module of a receiver had no answer to give; the text was received all the same.
      case NO_RESPONSE -> Optional.empty();
      default -> Optional.of(new DeliveryState.Refused(refusal(error)));
    };
  }

  private static Refusal refusal(int error) {
    return switch (error) {
      case 4 -> Refusal.NO_INTERFACE;
      case 6 -> Refusal.NO_CHANNEL;
      case 7 -> Refusal.TOO_LARGE;
      case 9 -> Refusal.DUTY_CYCLE;
      case 34 -> Refusal.PKI_FAILED;
      case 35 -> Refusal.PEER_LACKS_OUR_KEY;
      case 38 -> Refusal.RATE_LIMITED;
      case 39 -> Refusal.NO_KEY_FOR_PEER;
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
