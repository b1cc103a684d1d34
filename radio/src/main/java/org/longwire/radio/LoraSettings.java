package org.longwire.radio;

/**
 * The modem settings that decide airtime (reference: meshtastic.md §3.19, §5).
 *
 * @param bandwidthHz effective bandwidth in hertz
 * @param spreadFactor 5 to 12
 * @param codingRate denominator, 5 to 8
 * @param hopLimit configured hops, 0 to 7
 * @param dutyCycle the share of an hour in which the region allows sending, 0 to 1; 1 when the
 *     region sets no limit or the operator overrides it
 * @param txEnabled whether the node may send at all (a region is set and sending is not switched
 *     off)
 */
public record LoraSettings(
    int bandwidthHz,
    int spreadFactor,
    int codingRate,
    int hopLimit,
    double dutyCycle,
    boolean txEnabled) {
  /** LONG_FAST in a region without limit: what a node does when it has told nothing else. */
  public static final LoraSettings LONG_FAST = new LoraSettings(250_000, 11, 5, 3, 1.0, true);
}
