package org.longwire.radio;

/**
 * How long a packet occupies the air (reference: meshtastic.md §5.1, sizes §4.6). Pure. Every
 * repeat, ours and the neighbours', costs the same again.
 */
public final class Airtime {
  /** How a packet travels, which decides the size of its frame. */
  public enum Kind {
    /** To everybody, under the channel's key. */
    BROADCAST(0),
    /** The same from a node of firmware 2.8, which signs what still fits. */
    SIGNED_BROADCAST(66),
    /** To one node, under its public key. */
    DIRECT(12);

    private final int extraBytes;

    Kind(int extraBytes) {
      this.extraBytes = extraBytes;
    }

    /** How a packet to {@code to} leaves a node of that firmware. */
    public static Kind of(NodeId to, String firmware) {
      return to.isBroadcast() ? ofBroadcastBy(firmware) : DIRECT;
    }

    /** How a node of that firmware, as {@link NodeIdentity} tells it, sends to everybody. */
    public static Kind ofBroadcastBy(String firmware) {
      return FirmwareVersion.parse(firmware).signsBroadcasts() ? SIGNED_BROADCAST : BROADCAST;
    }

    int extraBytes() {
      return extraBytes;
    }
  }

  /** The largest frame on the air, in bytes. */
  static final int MAX_FRAME = 255;

  private static final int HEADER = 16;
  private static final double SLOW_SYMBOL_SECONDS = 0.016;
  private static final double PREAMBLE = 16 + 4.25;
  private static final double PREAMBLE_WIDE = 12 + 4.25;

  private Airtime() {}

  /** Milliseconds that a frame of {@code frameBytes} bytes, header included, takes. */
  static long frameMillis(int frameBytes, LoraSettings lora) {
    double symbol = Math.pow(2, lora.spreadFactor()) / lora.bandwidthHz();
    int lowRate = symbol >= SLOW_SYMBOL_SECONDS ? 1 : 0;
    int bits = 8 * frameBytes - 4 * lora.spreadFactor() + 44;
    double blocks = Math.ceil(bits / (4.0 * (lora.spreadFactor() - 2 * lowRate)));
    double symbols = 8 + Math.max(blocks * lora.codingRate(), 0);
    double preamble = isWide(lora) ? PREAMBLE_WIDE : PREAMBLE;
    return Math.round(1000 * symbol * (preamble + symbols));
  }

  /** The bytes of the frame that carries a payload of {@code payloadBytes} bytes. */
  static int textFrameBytes(int payloadBytes, Kind kind) {
    int plain = HEADER + payloadBytes + (payloadBytes >= 128 ? 7 : 6);
    int whole = plain + kind.extraBytes;
    // What does not fit with its signature goes unsigned.
    return kind == Kind.SIGNED_BROADCAST && whole > MAX_FRAME ? plain : whole;
  }

  /**
   * Milliseconds on air of one sending of a payload of {@code payloadBytes} bytes, a text's or any
   * other's; see {@link Outgoing#payloadBytes()}.
   */
  public static long textMillis(int payloadBytes, Kind kind, LoraSettings lora) {
    return frameMillis(textFrameBytes(payloadBytes, kind), lora);
  }

  /** The bandwidths of 2.4 GHz, where the preamble is shorter. */
  private static boolean isWide(LoraSettings lora) {
    int hertz = lora.bandwidthHz();
    return hertz == 406_250 || hertz == 812_500 || hertz == 1_625_000;
  }
}
