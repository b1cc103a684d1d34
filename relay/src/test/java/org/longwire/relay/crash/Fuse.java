package org.longwire.relay.crash;

import java.util.HashMap;
import java.util.Map;
import org.longwire.relay.store.CommitObserver;

/**
 * Ends the process at a named point, at the n-th visit, as abruptly as a power cut would: no hook
 * runs, nothing is flushed. Any thread.
 */
final class Fuse implements CommitObserver {
  static final String POINT = "longwire.crash.point";
  static final String VISIT = "longwire.crash.visit";

  /** What the shell says of a process that was killed. */
  static final int EXIT_CODE = 137;

  private final String point;
  private final int visit;
  private final Map<String, Integer> visits = new HashMap<>();

  private Fuse(String point, int visit) {
    this.point = point;
    this.visit = visit;
  }

  /** As the system properties say; without them it never burns. */
  static Fuse ofProperties() {
    return new Fuse(System.getProperty(POINT, "never"), Integer.getInteger(VISIT, 1));
  }

  /** We are here. */
  void at(String name) {
    if (isDue(name)) {
      burn();
    }
  }

  /** Counts a visit; the caller has something to do before it burns. */
  boolean isDue(String name) {
    synchronized (visits) {
      return visits.merge(name, 1, Integer::sum) == visit && name.equals(point);
    }
  }

  void burn() {
    Runtime.getRuntime().halt(EXIT_CODE);
  }

  @Override
  public void beforeCommit() {
    at("commit-before");
  }

  @Override
  public void afterCommit() {
    at("commit-after");
  }
}
