package org.longwire.radio;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How well our node heard a packet, from whoever repeated it last.
 *
 * @param snr signal to noise in dB; empty for what did not come by radio
 * @param rssi signal strength in dBm; likewise
 */
public record Signal(OptionalDouble snr, OptionalInt rssi) {
  /** Nothing is known of it. */
  public static final Signal UNKNOWN = new Signal(OptionalDouble.empty(), OptionalInt.empty());
}
