package org.longwire.relay.store;

import java.util.List;
import java.util.Optional;

/** Where a group of writes becomes durable. Used by one thread at a time. */
interface GroupCommit {
  /**
   * Runs the group in one transaction, each write so that it can fail alone, and tells everybody
   * after the commit.
   *
   * @return why the database cannot be had now: nobody has been told anything, and the group may be
   *     tried again; else empty
   */
  Optional<StoreException> commit(List<Write<?>> group);

  void close();
}
