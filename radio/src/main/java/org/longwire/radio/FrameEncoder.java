package org.longwire.radio;

/** Puts a payload into the frame that travels (reference: meshtastic.md §1.1). Pure. */
public final class FrameEncoder {
  /** The most bytes of payload that a node or a client accepts. */
  public static final int MAX_PAYLOAD = 512;

  static final byte START_1 = (byte) 0x94;
  static final byte START_2 = (byte) 0xC3;
  static final int HEADER = 4;

  private FrameEncoder() {}

  /**
   * Two marks, the length in two bytes (high byte first), the payload.
   *
   * @throws IllegalArgumentException if the payload is over {@link #MAX_PAYLOAD}
   */
  public static byte[] encode(byte[] payload) {
    if (payload.length > MAX_PAYLOAD) {
      throw new IllegalArgumentException(
          "a frame holds " + MAX_PAYLOAD + " bytes, not " + payload.length);
    }
    byte[] frame = new byte[HEADER + payload.length];
    frame[0] = START_1;
    frame[1] = START_2;
    frame[2] = (byte) (payload.length >> 8);
    frame[3] = (byte) payload.length;
    System.arraycopy(payload, 0, frame, HEADER, payload.length);
    return frame;
  }
}
