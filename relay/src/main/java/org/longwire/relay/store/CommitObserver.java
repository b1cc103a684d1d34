package org.longwire.relay.store;

import java.time.Duration;

/**
 * Is told of every commit, on the thread that commits, for metrics and for tests that crash there.
 */
public interface CommitObserver {
  /** Sees nothing. */
  CommitObserver NONE = new CommitObserver() {
    @Override
    public void beforeCommit() {}

    @Override
    public void afterCommit() {}
  };

  /** All writes of the group have run; nothing is durable yet. */
  void beforeCommit();

  /** The group is durable; nobody has been told yet. */
  void afterCommit();

  /**
   * Somebody else has held the file for so long that the store is degraded; told at every try from
   * then on, until a commit succeeds. Or no connection to its server is to be had; told at once.
   *
   * @param obstacle what is in the way, as a sentence with its cure
   */
  default void locked(Duration since, String obstacle) {}
}
