package org.longwire.radio;

/**
 * How long a packet occupies the air, by the LoRa formula (reference: meshtastic.md §5.1). Pure.
 */
public final class Airtime {
  /** The header that travels in clear before every payload. */
  private static final int HEADER_BYTES = 16;

  /** What the encoding adds to a text; one byte more from 128 bytes on. */
  private static final int ENVELOPE_BYTES = 6;

  /** Above this bandwidth the radio works at 2.4 GHz, with a shorter preamble. */
  private static final int SUB_GHZ_MAX_HZ = 500_000;

  private Airtime() {}

  /**
   * The airtime of one transmission in milliseconds, rounded; every repeat costs the same again.
   *
   * @param frameBytes the whole frame with its header, 0 to 255
   */
  public static long millis(LoraSettings lora, int frameBytes) {
    double symbolMs = 1000.0 * (1 << lora.spreadFactor()) / lora.bandwidthHz();
    int slow = symbolMs >= 16 ? 1 : 0;
    double preamble = (lora.bandwidthHz() > SUB_GHZ_MAX_HZ ? 12 : 16) + 4.25;
    double bits = 8.0 * frameBytes - 4.0 * lora.spreadFactor() + 44;
    double blocks = Math.ceil(bits / (4.0 * (lora.spreadFactor() - 2 * slow)));
    double payload = 8 + Math.max(blocks * lora.codingRate(), 0);
    return Math.round(symbolMs * (preamble + payload));
  }

  /**
   * The airtime of a broadcast text. A signature (firmware 2.8) and a reply's reference are not
   * counted.
   *
   * @param textBytes its length in bytes of UTF-8
   */
  public static long textMillis(LoraSettings lora, int textBytes) {
    return millis(lora, HEADER_BYTES + ENVELOPE_BYTES + textBytes + (textBytes >= 128 ? 1 : 0));
  }
}
