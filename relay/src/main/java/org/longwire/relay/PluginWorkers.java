package org.longwire.relay;

import java.time.Duration;
import java.util.function.BiConsumer;
import org.longwire.plugins.host.PluginThreads;
import org.longwire.relay.run.Duty;
import org.longwire.relay.run.Worker;

/** Starts the threads of plugins for their host. Any thread. */
final class PluginWorkers implements PluginThreads {
  /** What a thread gets to end: the host has waited for it already. */
  private static final Duration MOMENT = Duration.ofMillis(500);

  /** A plugin's thread waits for calls, and the host sees to those that hang. */
  private static final Duration NEVER_STUCK = Duration.ofDays(36_500);

  private final Crew crew;
  private final BiConsumer<String, Throwable> onBug;

  /** @param onBug told the role of a thread and what escaped the host there */
  PluginWorkers(Crew crew, BiConsumer<String, Throwable> onBug) {
    this.crew = crew;
    this.onBug = onBug;
  }

  @Override
  public Running start(String role, Step step) {
    Steps steps = new Steps(step);
    Worker worker = new Worker(role, steps, MOMENT, bug -> onBug.accept(role, bug));
    crew.add(worker, NEVER_STUCK);
    return new Running() {
      @Override
      public void interrupt() {
        worker.interrupt();
      }

      @Override
      public void close() {
        steps.isOver = true;
        worker.close();
        crew.remove(worker);
      }

      @Override
      public boolean hasEnded() {
        return worker.hasEnded();
      }
    };
  }

  /** An interrupt ends a step, and only a close the thread. */
  private static final class Steps implements Duty {
    private final Step step;
    private volatile boolean isOver;

    Steps(Step step) {
      this.step = step;
    }

    @Override
    public void step() throws InterruptedException {
      try {
        step.step();
      } catch (InterruptedException e) {
        if (isOver) {
          throw e;
        }
      }
    }
  }
}
