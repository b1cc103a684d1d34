package org.longwire.radio;

import java.util.HexFormat;

/**
 * The payload of a packet as it came or is to go, unread.
 *
 * @param hex its bytes as small hex digits
 */
public record PacketData(String hex) {
  /** What a packet that is heard carries at most, in bytes (reference: meshtastic.md §3.4). */
  public static final int MAX_BYTES = 233;

  private static final HexFormat HEX = HexFormat.of();

  /** @throws IllegalArgumentException if it is no hex, or too long */
  public PacketData {
    if (HEX.parseHex(hex).length > MAX_BYTES) {
      throw new IllegalArgumentException("a packet carries at most %d bytes".formatted(MAX_BYTES));
    }
  }

  public static PacketData of(byte[] bytes) {
    return new PacketData(HEX.formatHex(bytes));
  }

  public byte[] bytes() {
    return HEX.parseHex(hex);
  }
}
