package org.longwire.relay.queue;

import java.nio.file.Path;
import org.longwire.relay.store.StoreException;

/**
 * The file of a ledger, to be looked at beside whoever writes it.
 *
 * @param path of the file; of a ledger in memory there is none to look at
 */
public record LedgerView(Path path) {
  /** What waits; to be closed. */
  public QueueView queue() throws StoreException {
    return QueueView.open(path);
  }

  /** What became of messages; to be closed. */
  public Trace trace() throws StoreException {
    return Trace.open(path);
  }
}
