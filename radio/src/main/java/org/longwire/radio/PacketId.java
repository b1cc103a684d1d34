package org.longwire.radio;

import java.util.Optional;

/**
 * The id of a packet, unique per sender for hours: 32 bits, unsigned, never zero. A packet id that
 * a node has seen is spent even if the packet was refused (reference: meshtastic.md §0.4, §4.5).
 */
public record PacketId(int value) {
  public PacketId {
    if (value == 0) {
      throw new IllegalArgumentException("a packet id is never zero");
    }
  }

  /** The id on the wire, where zero means that there is none. */
  public static Optional<PacketId> ofWire(int value) {
    return value == 0 ? Optional.empty() : Optional.of(new PacketId(value));
  }

  /**
   * The id that {@link #toString()} wrote.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static PacketId parse(String hex) {
    return new PacketId(Integer.parseUnsignedInt(hex, 16));
  }

  public long unsigned() {
    return Integer.toUnsignedLong(value);
  }

  @Override
  public String toString() {
    return "%08x".formatted(value);
  }
}
