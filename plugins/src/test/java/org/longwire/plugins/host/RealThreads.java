package org.longwire.plugins.host;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Threads as the relay starts them, with little patience. */
final class RealThreads implements PluginThreads {
  private static final long PATIENCE_MILLIS = 100;

  final List<Thread> started = new CopyOnWriteArrayList<>();
  final List<Throwable> bugs = new CopyOnWriteArrayList<>();

  @Override
  public Running start(String role, Step step) {
    RealThread thread = new RealThread(role, step);
    started.add(thread.thread);
    thread.thread.start();
    return thread;
  }

  private final class RealThread implements Running {
    private final Thread thread;
    private volatile boolean isClosing;

    private RealThread(String role, Step step) {
      this.thread = new Thread(() -> repeat(step), role);
      thread.setDaemon(true);
    }

    private void repeat(Step step) {
      while (!isClosing) {
        try {
          step.step();
        } catch (InterruptedException e) {
          return;
        } catch (RuntimeException | Error bug) {
          bugs.add(bug);
          return;
        }
      }
    }

    @Override
    public void interrupt() {
      thread.interrupt();
    }

    @Override
    public void close() {
      isClosing = true;
      thread.interrupt();
      try {
        thread.join(PATIENCE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public boolean hasEnded() {
      return !thread.isAlive();
    }
  }
}
