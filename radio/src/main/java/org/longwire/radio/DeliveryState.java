package org.longwire.radio;

/**
 * What became of an outgoing packet (reference: meshtastic.md §4.3; states of §4.3's last line).
 */
public sealed interface DeliveryState {
  /** The node took the packet into its transmit queue. */
  record HandedOver() implements DeliveryState {}

  /** Some neighbour was heard repeating it; all that a broadcast can get. */
  record Relayed() implements DeliveryState {}

  /** The addressee acknowledged it. */
  record Delivered() implements DeliveryState {}

  /** Sent several times, and nobody was heard repeating or acknowledging it. */
  record NotHeard() implements DeliveryState {}

  /** The node or the addressee refused it. */
  record Refused(Refusal reason) implements DeliveryState {}

  /** No answer within the limit: it may have gone out. */
  record Unknown() implements DeliveryState {}
}
