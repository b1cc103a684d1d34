package org.longwire.radio;

import java.time.Duration;

/**
 * A duplex of bytes to one node, open from construction to {@link #close()}. One thread reads,
 * another may write.
 */
public interface RadioLink extends AutoCloseable {
  /**
   * Reads what is there, waiting at most {@code timeout} for the first byte.
   *
   * @return how many bytes were read, 0 if none came in time
   * @throws RadioException.LinkLost if the other end is gone
   */
  int read(byte[] buffer, Duration timeout) throws RadioException;

  /**
   * Writes all of it.
   *
   * @throws RadioException.LinkLost if the other end is gone or takes nothing for the write limit
   */
  void write(byte[] bytes) throws RadioException;

  /** Idempotent, and wakes a reader. */
  @Override
  void close();

  /** Where a link can be opened again and again: a serial path or a host and port. */
  interface Port {
    /**
     * Opens the link; a serial path is resolved anew each time.
     *
     * @throws RadioException.CannotOpen with a sentence that names the cure
     */
    RadioLink open() throws RadioException;

    /** How people call it, for status and journal. */
    String name();

    /** Whether opening may reset the node, so that it needs time to boot before it answers. */
    boolean isSerial();
  }
}
