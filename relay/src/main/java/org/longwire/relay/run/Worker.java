package org.longwire.relay.run;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A named thread that repeats a {@link Duty} until it is closed. Operating failures are the duty's
 * business; whatever else escapes a step is a bug, and is told to {@code onBug} once, after which
 * the thread ends.
 */
public final class Worker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  private final Thread thread;
  private final Supplier<Duration> patience;
  private volatile boolean closing;
  private volatile long lastStep = System.nanoTime();

  /**
   * Starts the thread.
   *
   * @param role the thread's name
   * @param patience how long {@link #close()} waits for the end of the thread
   */
  public Worker(String role, Duty duty, Duration patience, Consumer<Throwable> onBug) {
    this(role, duty, () -> patience, onBug);
  }

  /** The same with a patience that is asked for when it is needed; more than zero. */
  public Worker(String role, Duty duty, Supplier<Duration> patience, Consumer<Throwable> onBug) {
    this.patience = patience;
    this.thread = new Thread(() -> repeat(duty, onBug), role);
    thread.start();
  }

  private void repeat(Duty duty, Consumer<Throwable> onBug) {
    while (!closing) {
      try {
        duty.step();
        lastStep = System.nanoTime();
      } catch (InterruptedException stop) {
        return;
      } catch (RuntimeException | Error bug) {
        onBug.accept(bug);
        return;
      }
    }
  }

  public String role() {
    return thread.getName();
  }

  /** Interrupts the step that is under way. */
  public void interrupt() {
    thread.interrupt();
  }

  public boolean hasEnded() {
    return !thread.isAlive();
  }

  /** How long ago the last step ended; what a watchdog asks. */
  public Duration sinceLastStep() {
    return Duration.ofNanos(System.nanoTime() - lastStep);
  }

  /**
   * Interrupts the thread and waits for its end: it ends at once if its step waits, else with the
   * step. A thread that takes longer than the patience is left behind, with a warning. Idempotent.
   */
  @Override
  public void close() {
    closing = true;
    if (thread == Thread.currentThread()) {
      return;
    }
    thread.interrupt();
    try {
      long millis = Math.max(1, patience.get().toMillis());
      thread.join(millis);
      if (thread.isAlive()) {
        LOG.warn("{} did not end within {} ms", thread.getName(), millis);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
