package org.longwire.relay.queue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.longwire.relay.store.StoreException;

/**
 * The entries that senders hold. What expires or is taken back behind their backs is settled under
 * the same lock, so that nobody attempts an entry that has just been settled, and none is settled
 * while it is attempted.
 */
final class InHand {
  /** A question that the ledger's file may have to answer. */
  @FunctionalInterface
  interface Question {
    boolean ask(OutboxEntry entry) throws StoreException;
  }

  private final Set<Long> ids = new HashSet<>();
  private long settlings;

  /** How many entries were settled unattempted; ask before looking for work. */
  synchronized long settlings() {
    return settlings;
  }

  /** Fails if anything was settled since the look: it may have been this. */
  synchronized boolean take(OutboxEntry entry, long seen) {
    if (seen != settlings) {
      return false;
    }
    ids.add(entry.id());
    return true;
  }

  synchronized void release(OutboxEntry entry) {
    ids.remove(entry.id());
  }

  /**
   * Settles entries that nobody holds, all or none.
   *
   * @param open whether one is not settled yet; asked while nobody can take it
   * @param mark settles one
   * @return false if one of them is settled or held
   */
  synchronized boolean settle(List<OutboxEntry> entries, Question open, Consumer<OutboxEntry> mark)
      throws StoreException {
    for (OutboxEntry entry : entries) {
      if (ids.contains(entry.id()) || !open.ask(entry)) {
        return false;
      }
    }
    settlings++;
    entries.forEach(mark);
    return true;
  }
}
