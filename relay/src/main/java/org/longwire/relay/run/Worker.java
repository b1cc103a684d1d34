package org.longwire.relay.run;

import java.time.Duration;
import java.util.function.Consumer;
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
  private final Duration patience;
  private volatile boolean closing;
  private volatile long lastStep = System.nanoTime();

  /**
   * Starts the thread.
   *
   * @param role the thread's name
   * @param patience how long {@link #close()} waits for the present step before it interrupts, and
   *     again afterwards
   */
  public Worker(String role, Duty duty, Duration patience, Consumer<Throwable> onBug) {
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

  /** How long ago the last step ended; what a watchdog asks. */
  public Duration sinceLastStep() {
    return Duration.ofNanos(System.nanoTime() - lastStep);
  }

  /** Ends the thread: at once if it waits, after its present step if it works. Idempotent. */
  @Override
  public void close() {
    closing = true;
    if (thread == Thread.currentThread()) {
      return;
    }
    thread.interrupt();
    try {
      thread.join(patience.toMillis());
      if (thread.isAlive()) {
        LOG.warn("{} did not end within {} ms", thread.getName(), patience.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
