package org.longwire.relay.store;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.longwire.relay.run.Duty;

/**
 * A database that is written. Safe for use by many threads; writes wait for the thread that repeats
 * {@link #duty}. Writes name their class: durable now, lazy, or bulk.
 */
public interface WritableStore extends AutoCloseable {
  /** Reads what is committed, in one snapshot, on the caller's thread. */
  <T> T read(Work<T> work) throws StoreException;

  /**
   * The same within a time, for callers who would rather have no answer than a late one.
   *
   * @throws StoreException.Transient if it took longer
   */
  <T> T read(Work<T> work, Duration limit) throws StoreException;

  /**
   * Writes, and returns when it is durable.
   *
   * @throws StoreException if it was not written
   * @throws InterruptedException if the thread was asked to stop; the work may still be done
   */
  <T> T write(Work<T> work) throws StoreException, InterruptedException;

  /**
   * Writes as soon as possible. The future completes after the commit, on the worker's thread.
   * While {@link WorkerExecutor#QUEUE_LIMIT} writes wait, it waits for room.
   */
  <T> CompletableFuture<T> submit(Work<T> work) throws InterruptedException;

  /**
   * Writes with the next durable write, or within {@link WorkerExecutor#LAZY_LIMIT}. Never waits:
   * with {@link WorkerExecutor#QUEUE_LIMIT} writes before it, it fails at once.
   */
  <T> CompletableFuture<T> submitLazy(Work<T> work) throws InterruptedException;

  /**
   * Writes with the next write of another class, or within {@link WorkerExecutor#BULK_LIMIT}, or
   * when {@link WorkerExecutor#BULK_BYTES} wait, or at close: what a crash may take without harm.
   * Never waits either.
   *
   * @param bytes about how much it writes
   */
  <T> CompletableFuture<T> submitBulk(Work<T> work, int bytes) throws InterruptedException;

  Dialect dialect();

  /** Whether it takes writes, and how well it fares. */
  StoreState state();

  /** How its connections were used since the start. */
  ConnectionUse connections();

  /** What a thread must repeat for writes to happen; empty if it has threads of its own. */
  Optional<Duty> duty();

  /** From now on whoever submits a write makes it: the threads of {@link #duty} may have ended. */
  void unattended();

  /** Returns when everything submitted before is durable or has failed. */
  void flush() throws StoreException, InterruptedException;

  /** Refuses new work, writes what waits, within its own limit, and closes. Idempotent. */
  @Override
  void close();

  /** The same within this limit. */
  void close(Duration limit);
}
