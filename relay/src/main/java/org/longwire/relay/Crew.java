package org.longwire.relay;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.longwire.relay.run.Worker;

/** The threads of a daemon, and how long each may take for a step. Any thread. */
final class Crew {
  private final Map<Worker, Duration> workers = new LinkedHashMap<>();

  synchronized void add(Worker worker, Duration stuckAfter) {
    workers.put(worker, stuckAfter);
  }

  /** Takes out one that has been closed. */
  synchronized void remove(Worker worker) {
    workers.remove(worker);
  }

  /** Whether every thread makes progress. */
  synchronized boolean isWell() {
    return workers.entrySet().stream()
        .allMatch(w -> w.getKey().sinceLastStep().compareTo(w.getValue()) < 0);
  }

  synchronized List<String> roles() {
    return workers.keySet().stream().map(Worker::role).toList();
  }
}
