package org.longwire.relay.store;

import java.util.List;

/** Where a group of writes becomes durable. Used by one thread at a time. */
interface GroupCommit {
  /**
   * Runs the group in one transaction, each write so that it can fail alone, and tells everybody
   * after the commit.
   *
   * @return false if the database cannot be had now: nobody has been told anything, and the group
   *     may be tried again
   */
  boolean commit(List<Write<?>> group);

  /** Why the database cannot be had, as a sentence with its cure. */
  String obstacle();

  void close();
}
