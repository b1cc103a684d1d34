package org.longwire.plugins.host;

/** Starts the threads of plugins; the relay does, as all threads are its own. */
@FunctionalInterface
public interface PluginThreads {
  /**
   * Starts a thread that repeats a step until it is closed. What escapes the step is a bug of the
   * host, not of a plugin.
   *
   * @param role the thread's name
   */
  Running start(String role, Step step);

  /** One blocking or bounded piece of work. */
  @FunctionalInterface
  interface Step {
    void step() throws InterruptedException;
  }

  /** A thread at work. */
  interface Running extends AutoCloseable {
    /** Interrupts the step that is under way; the thread goes on with the next. */
    void interrupt();

    /**
     * Interrupts the thread and waits a moment for its end; one that does not end is left behind.
     *
     * @return by {@link #hasEnded()}
     */
    @Override
    void close();

    boolean hasEnded();
  }
}
