package org.longwire.radio;

/** One of the eight channel slots of a node, 0 to 7. Not the channel hash of undecoded packets. */
public record ChannelIndex(int value) implements Comparable<ChannelIndex> {
  public static final int MAX = 7;

  public ChannelIndex {
    if (!isValid(value)) {
      throw new IllegalArgumentException("a channel index is 0 to 7, not " + value);
    }
  }

  public static boolean isValid(int value) {
    return value >= 0 && value <= MAX;
  }

  @Override
  public int compareTo(ChannelIndex other) {
    return Integer.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
