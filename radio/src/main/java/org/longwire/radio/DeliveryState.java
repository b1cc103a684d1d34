package org.longwire.radio;

import java.util.Locale;

/**
 * What became of an outgoing packet (reference: meshtastic.md §4.3; states of §4.3's last line).
 */
public sealed interface DeliveryState {
  /** A word or two for people. */
  String word();

  /** The node took the packet into its transmit queue. */
  record HandedOver() implements DeliveryState {
    @Override
    public String word() {
      return "handed to the node";
    }
  }

  /** Some neighbour was heard repeating it; all that a broadcast can get. */
  record Relayed() implements DeliveryState {
    @Override
    public String word() {
      return "relayed";
    }
  }

  /** The addressee acknowledged it. */
  record Delivered() implements DeliveryState {
    @Override
    public String word() {
      return "acknowledged";
    }
  }

  /** Sent several times, and nobody was heard repeating or acknowledging it. */
  record NotHeard() implements DeliveryState {
    @Override
    public String word() {
      return "not heard by anybody";
    }
  }

  /** The node or the addressee refused it. */
  record Refused(Refusal reason) implements DeliveryState {
    @Override
    public String word() {
      return "refused: " + reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** No answer within the limit: it may have gone out. */
  record Unknown() implements DeliveryState {
    @Override
    public String word() {
      return "no answer";
    }
  }
}
