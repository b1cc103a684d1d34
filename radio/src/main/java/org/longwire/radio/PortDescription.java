package org.longwire.radio;

import java.util.Optional;

/**
 * A serial port of this machine, as far as the system tells without opening it.
 *
 * @param path the device, which may change when it is plugged in again
 * @param stablePath the link under {@code /dev/serial} that stays; empty if there is none
 * @param usbId vendor and product, {@code 10c4:ea60}; empty for a port that is not on USB
 * @param product what the device calls itself; a stranger's words
 * @param holder the process that has it open, in words; empty if none is seen
 */
public record PortDescription(
    String path,
    Optional<String> stablePath,
    Optional<String> usbId,
    Optional<String> product,
    Likelihood likelihood,
    Optional<String> holder) {
  /** How likely there is a Meshtastic radio at a port. */
  public enum Likelihood {
    /** A board that Meshtastic runs on. */
    RADIO("a Meshtastic board"),
    /** A USB serial bridge that boards use, and other things too. */
    BRIDGE("a USB serial bridge, as many boards have"),
    /** A board that waits for new firmware. */
    BOOT_LOADER("a board in its boot loader: press reset once"),
    /** Nothing is known about it. */
    UNKNOWN("unknown"),
    /** A debug probe or analyser, which should be left alone. */
    NEVER("a debug probe, not a radio");

    private final String words;

    Likelihood(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  /** The path to put into a configuration. */
  public String bestPath() {
    return stablePath.orElse(path);
  }
}
