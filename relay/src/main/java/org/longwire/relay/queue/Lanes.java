package org.longwire.relay.queue;

import org.longwire.relay.config.RadioId;

/**
 * The addresses that one sender serves.
 *
 * @param from all keys are greater
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

  /** Of one address, whatever its precedence and author. */
  static Lanes of(Address address) {
    String key = Lane.bare(address);
    return new Lanes(key + '\t', key + '\n');
  }

  /** Those behind a lane, in the order of their keys. */
  Lanes behind(String lane) {
    return new Lanes(lane, to);
  }

  /** A colon ends each of these, and a semicolon is the next character. */
  private static Lanes startingWith(String prefix) {
    return new Lanes(prefix, prefix.substring(0, prefix.length() - 1) + ";");
  }
}
