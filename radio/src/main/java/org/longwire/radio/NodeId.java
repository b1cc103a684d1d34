package org.longwire.radio;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A node number of the mesh: 32 bits, unsigned, kept as the {@code int} that travels. Written
 * {@code !a1b2c3d4}, as Meshtastic does everywhere.
 */
public record NodeId(int number) implements Comparable<NodeId> {
  /** The destination of everything that is meant for the whole mesh. */
  public static final NodeId BROADCAST = new NodeId(0xFFFFFFFF);

  private static final Pattern WRITTEN = Pattern.compile("!?[0-9a-fA-F]{8}");

  /** Reads {@code !a1b2c3d4} or {@code a1b2c3d4}; empty if the text is neither. */
  public static Optional<NodeId> parse(String text) {
    if (!WRITTEN.matcher(text).matches()) {
      return Optional.empty();
    }
    String hex = text.startsWith("!") ? text.substring(1) : text;
    return Optional.of(new NodeId(Integer.parseUnsignedInt(hex, 16)));
  }

  /** The number as the unsigned value that databases and JSON carry. */
  public long unsigned() {
    return Integer.toUnsignedLong(number);
  }

  public boolean isBroadcast() {
    return equals(BROADCAST);
  }

  /** The last four hex digits, the short form of a node that has told no name. */
  public String tail() {
    return "%04x".formatted(number & 0xFFFF);
  }

  @Override
  public int compareTo(NodeId other) {
    return Integer.compareUnsigned(number, other.number);
  }

  @Override
  public String toString() {
    return "!%08x".formatted(number);
  }
}
