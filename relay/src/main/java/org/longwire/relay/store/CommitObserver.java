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
   * then on, until a commit succeeds.
   */
  default void locked(Duration since) {}

  /**
   * A try to commit came to nothing: its group waits for the next, or everybody in it was told so.
   * Told at every such try; a commit that succeeds ends it.
   */
  default void failed(StoreException why) {}

  /** A damaged file was put aside; what was written to it is gone, but for what a backup holds. */
  default void replaced() {}
}
