package org.longwire.relay.queue;

import org.longwire.relay.config.RadioId;

/**
 * The addresses that one sender serves.
 *
 * @param from the first key of the range
 * @param to the first key behind it
 */
public record Lanes(String from, String to) {
  /** All rooms. */
  public static Lanes rooms() {
    return startingWith(Lane.ROOM);
  }

  /** All channels and nodes of one radio. */
  public static Lanes mesh(RadioId radio) {
    return startingWith(Lane.MESH + radio + ":");
  }

  /** A colon ends each of these, and a semicolon is the next character. */
  private static Lanes startingWith(String prefix) {
    return new Lanes(prefix, prefix.substring(0, prefix.length() - 1) + ";");
  }
}
