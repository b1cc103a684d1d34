package org.longwire.relay.run;

import java.util.ArrayDeque;
import java.util.Deque;

/** Holds what was opened and closes it in reverse, keeping every failure. Used from one thread. */
public final class Closer implements AutoCloseable {
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  /** Takes over a resource and hands it back. */
  public <T extends AutoCloseable> T own(T resource) {
    opened.push(resource);
    return resource;
  }

  /**
   * Closes all, the last opened first. The first failure is thrown, later ones are suppressed in
   * it.
   */
  @Override
  public void close() {
    RuntimeException first = null;
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        if (first == null) {
          first = new IllegalStateException("closing failed: " + e.getMessage(), e);
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
