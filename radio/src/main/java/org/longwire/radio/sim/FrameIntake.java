package org.longwire.radio.sim;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts the client's bytes into messages exactly as the node does, weaknesses included: it has no
 * timeout, does not look at the bytes of a bad header again, and misses a start after a doubled
 * first byte (reference: meshtastic.md §1.2; capture 20b).
 */
final class FrameIntake {
  private static final int MAX_PAYLOAD = 512;
  private static final int HEADER_BYTES = 4;

  private final byte[] buffer = new byte[HEADER_BYTES + MAX_PAYLOAD];
  private int filled;

  void read(byte[] bytes, Consumer<byte[]> messages) {
    for (byte next : bytes) {
      buffer[filled++] = next;
      if (filled == 1 && next != (byte) 0x94 || filled == 2 && next != (byte) 0xC3) {
        filled = 0;
      } else if (filled >= HEADER_BYTES && filled == HEADER_BYTES + announced()) {
        filled = 0;
        messages.accept(Arrays.copyOfRange(buffer, HEADER_BYTES, HEADER_BYTES + announced()));
      } else if (filled == HEADER_BYTES && announced() > MAX_PAYLOAD) {
        filled = 0;
      }
    }
  }

  void reset() {
    filled = 0;
  }

  private int announced() {
    return (buffer[2] & 0xFF) << 8 | buffer[3] & 0xFF;
  }
}
