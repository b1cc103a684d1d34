package org.longwire.plugins.host;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.longwire.plugins.api.Limits;

/** The calls that wait for a plugin, up to {@link Limits#WAITING_CALLS}. Its user guards it. */
final class WaitingCalls {
  private final Deque<Job> jobs = new ArrayDeque<>();
  private long missed;
  private long made;

  /** Adds one; without room it is counted as missed. */
  boolean add(Job job) {
    if (jobs.size() >= Limits.WAITING_CALLS) {
      missed++;
      return false;
    }
    return jobs.add(job);
  }

  Optional<Job> poll() {
    return Optional.ofNullable(jobs.poll());
  }

  boolean isEmpty() {
    return jobs.isEmpty();
  }

  boolean holds(Invocation invocation) {
    return jobs.stream().anyMatch(job -> job.invocation().equals(invocation));
  }

  /** Takes them all. */
  List<Job> drain() {
    List<Job> all = List.copyOf(jobs);
    jobs.clear();
    return all;
  }

  /** Counts one that is made. */
  void make() {
    made++;
  }

  long made() {
    return made;
  }

  long missed() {
    return missed;
  }
}
