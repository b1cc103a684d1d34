package org.longwire.relay.run;

/** Work as a step: one blocking or bounded piece that a {@link Worker} repeats on its thread. */
public interface Duty {
  /**
   * Does one piece of work, or waits for some within a limit.
   *
   * @throws InterruptedException if the thread was asked to stop
   */
  void step() throws InterruptedException;
}
