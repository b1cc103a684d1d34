package org.longwire.plugins.host;

import java.util.ArrayList;
import java.util.List;

/** Threads that go on only when the test says so, on the test's own thread. */
final class HandThreads implements PluginThreads {
  private final List<HandThread> threads = new ArrayList<>();

  /** Whether a thread that is closed goes on all the same. */
  boolean areStubborn;

  final class HandThread implements Running {
    private final String role;
    private final Step step;
    private boolean isClosed;

    private HandThread(String role, Step step) {
      this.role = role;
      this.step = step;
    }

    @Override
    public void interrupt() {
      Thread.currentThread().interrupt();
    }

    @Override
    public void close() {
      isClosed = true;
    }

    @Override
    public boolean hasEnded() {
      return isClosed && !areStubborn;
    }
  }

  @Override
  public Running start(String role, Step step) {
    HandThread thread = new HandThread(role, step);
    threads.add(thread);
    return thread;
  }

  /** How many threads of that role there were, and how many of them are open. */
  int started(String role) {
    return (int) threads.stream().filter(t -> t.role.equals(role)).count();
  }

  int open(String role) {
    return (int)
        threads.stream().filter(t -> t.role.equals(role) && !t.isClosed).count();
  }

  /** Has the latest thread of that role do one piece of work, which has to be there. */
  void step(String role) {
    HandThread latest = threads.stream()
        .filter(t -> t.role.equals(role))
        .reduce((one, other) -> other)
        .orElseThrow();
    try {
      latest.step.step();
    } catch (InterruptedException e) {
      latest.isClosed = true;
    }
  }
}
