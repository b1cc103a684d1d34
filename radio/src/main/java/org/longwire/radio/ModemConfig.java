package org.longwire.radio;

/**
 * The modem's configuration as the node keeps it, numbers as told (reference: meshtastic.md §3.19).
 *
 * @param bandwidthCode kilohertz, with codes for the odd ones
 */
record ModemConfig(
    boolean usePreset,
    int preset,
    int bandwidthCode,
    int spreadFactor,
    int codingRate,
    int region,
    int hopLimit,
    boolean txEnabled,
    boolean overrideDutyCycle) {
  private static final int DEFAULT_HOPS = 3;
  private static final int MAX_HOPS = 7;

  /** What follows from it for airtime; impossible numbers fall back to LONG_FAST's. */
  LoraSettings settings(int role) {
    Region where = new Region(region);
    ModemPreset model = ModemPreset.byNumber(usePreset ? preset : 0);
    int bandwidth = model.bandwidthHz(where.isWide());
    int spread = model.spreadFactor();
    // A node sends with its own coding rate where that is the stronger one.
    int coding = isCodingRate(codingRate) ? codingRate : model.codingRate();
    if (usePreset) {
      coding = Math.max(coding, model.codingRate());
    } else {
      bandwidth = bandwidthCode > 0 ? bandwidthHz(bandwidthCode) : bandwidth;
      spread = spreadFactor >= 5 && spreadFactor <= 12 ? spreadFactor : spread;
    }
    double duty = overrideDutyCycle ? 1.0 : where.dutyCycle(role);
    return new LoraSettings(bandwidth, spread, coding, hops(), duty, txEnabled && where.isSet());
  }

  private int hops() {
    return hopLimit < 1 || hopLimit > MAX_HOPS ? DEFAULT_HOPS : hopLimit;
  }

  private static boolean isCodingRate(int value) {
    return value >= 5 && value <= 8;
  }

  private static int bandwidthHz(int code) {
    return switch (code) {
      case 8 -> 7_800;
      case 10 -> 10_400;
      case 16 -> 15_600;
      case 21 -> 20_800;
      case 31 -> 31_250;
      case 42 -> 41_700;
      case 62 -> 62_500;
      case 200 -> 203_125;
      case 400 -> 406_250;
      case 800 -> 812_500;
      case 1600 -> 1_625_000;
      default -> Math.min(code, 2_000) * 1_000;
    };
  }
}
