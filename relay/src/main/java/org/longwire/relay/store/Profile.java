package org.longwire.relay.store;

import java.time.Duration;

/**
 * How a file is kept (reference: storage-and-reliability.md §2.1 and, for odd file systems, §1.7).
 *
 * @param durable whether a commit outlives a power cut; else a cut may take the latest commits, but
 *     never damages the file
 * @param writeAheadLog whether SQLite's write-ahead log is used; else a journal that is truncated
 * @param exclusive whether nobody else may open the file, so that no shared memory is needed; our
 *     own reads then go over the connection that writes
 * @param busyTimeout how long SQLite waits for a lock of somebody else, in one try
 */
public record Profile(
    boolean durable, boolean writeAheadLog, boolean exclusive, Duration busyTimeout) {
  /** Longer than any backup's or checkpoint's hold on a lock. */
  private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(5);

  /** What must never be lost. */
  public static final Profile LEDGER = new Profile(true, true, false, BUSY_TIMEOUT);

  /** What can be learned again. */
  public static final Profile STORE = new Profile(false, true, false, BUSY_TIMEOUT);

  public Profile withWriteAheadLog(boolean other) {
    return new Profile(durable, other, exclusive, busyTimeout);
  }

  public Profile withBusyTimeout(Duration other) {
    return new Profile(durable, writeAheadLog, exclusive, other);
  }

  /** The same on a file system that has no shared memory or no reliable locks. */
  public Profile alone() {
    return new Profile(durable, writeAheadLog, true, busyTimeout);
  }
}
