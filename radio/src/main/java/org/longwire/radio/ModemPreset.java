package org.longwire.radio;

/**
 * The modem presets by their numbers (reference: meshtastic.md §3.19, §5.2). {@link #LONG_FAST}
 * stands for every number that is not here, as it does in the firmware.
 */
enum ModemPreset {
  LONG_FAST(0, 250_000, 11, 5),
  LONG_SLOW(1, 125_000, 12, 8),
  MEDIUM_SLOW(3, 250_000, 10, 5),
  MEDIUM_FAST(4, 250_000, 9, 5),
  SHORT_SLOW(5, 250_000, 8, 5),
  SHORT_FAST(6, 250_000, 7, 5),
  LONG_MODERATE(7, 125_000, 11, 8),
  SHORT_TURBO(8, 500_000, 7, 5),
  LONG_TURBO(9, 500_000, 11, 8),
  LITE_FAST(10, 125_000, 9, 5),
  LITE_SLOW(11, 125_000, 10, 5),
  NARROW_FAST(12, 62_500, 7, 6),
  NARROW_SLOW(13, 62_500, 8, 6),
  TINY_FAST(14, 15_600, 7, 5),
  TINY_SLOW(15, 15_600, 8, 6),
  MEDIUM_TURBO(16, 500_000, 9, 5);

  /** The bands at 2.4 GHz use bandwidths that are wider by this. */
  private static final double WIDE = 3.25;

  private final int number;
  private final int bandwidthHz;
  private final int spreadFactor;
  private final int codingRate;

  ModemPreset(int number, int bandwidthHz, int spreadFactor, int codingRate) {
    this.number = number;
    this.bandwidthHz = bandwidthHz;
    this.spreadFactor = spreadFactor;
    this.codingRate = codingRate;
  }

  static ModemPreset byNumber(int number) {
    for (ModemPreset preset : values()) {
      if (preset.number == number) {
        return preset;
      }
    }
    return LONG_FAST;
  }

  int bandwidthHz(boolean wide) {
    return wide ? (int) (bandwidthHz * WIDE) : bandwidthHz;
  }

  int spreadFactor() {
    return spreadFactor;
  }

  int codingRate() {
    return codingRate;
  }
}
