package org.longwire.relay.run;

import java.time.Duration;

/** Waiting as something that a test can see and shorten. */
public interface Pause {
  /**
   * Waits that long at most; may return earlier.
   *
   * @throws InterruptedException if the thread was asked to stop
   */
  void pause(Duration time) throws InterruptedException;
}
