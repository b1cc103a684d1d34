package org.longwire.relay.store;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.longwire.relay.run.Duty;

/**
 * Writes in groups, in the order of submission. A step takes what waits, up to a limit, and commits
 * it once; futures are completed on this thread after the commit, so nobody chains work on them
 * without naming an executor. A write that fails spoils only itself.
 *
 * <p>A lazy write waits for the next durable one, or for its age. Without work there is no wake-up
 * and no write.
 */
public final class WorkerExecutor implements Duty {
  /** Writes that may wait; beyond it somebody produces faster than the card can store. */
  public static final int QUEUE_LIMIT = 1_024;

  /** Writes in one commit: more would make the first wait longer than it gains. */
  public static final int GROUP_LIMIT = 64;

  /** How long a lazy write may wait: as much as a power cut may make us do again. */
  public static final Duration LAZY_LIMIT = Duration.ofSeconds(5);

  /** How long a step waits for work. */
  static final Duration IDLE_LIMIT = Duration.ofSeconds(60);

  private final GroupCommit connection;
  private final Options options;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final Deque<Write<?>> queue = new ArrayDeque<>();
  private final AtomicLong refused = new AtomicLong();

  /** Held while a group runs, so that the closing thread and the worker never write at once. */
  private final ReentrantLock turn = new ReentrantLock();

  private int durableWaiting;
  private boolean closed;

  WorkerExecutor(GroupCommit connection, Options options) {
    this.connection = connection;
    this.options = options;
  }

  /**
   * Waits until a write is due, then commits a group. Returns after {@link #IDLE_LIMIT} without
   * work, as a sign of life for the watchdog.
   */
  @Override
  public void step() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long idle = IDLE_LIMIT.toNanos();
      while (!isDue()) {
        if (!queue.isEmpty()) {
          arrived.awaitNanos(LAZY_LIMIT.toNanos() - ageOfOldest());
        } else if (idle > 0) {
          idle = arrived.awaitNanos(idle);
        } else {
          return;
        }
      }
    } finally {
      lock.unlock();
    }
    commitGroup();
  }

  /** Commits what is due now without waiting; what a test does in the worker's place. */
  public void runDue() {
    while (hasDue()) {
      commitGroup();
    }
  }

  /** How many writes wait. */
  public int waiting() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  /** How many writes were turned away since the start because the queue stayed full. */
  public long refused() {
    return refused.get();
  }

  <T> CompletableFuture<T> submit(Work<T> work, boolean lazy) throws InterruptedException {
    lock.lock();
    try {
      long patience = options.submitLimit().toNanos();
      while (!closed && queue.size() >= QUEUE_LIMIT) {
        if (patience <= 0) {
          refused.incrementAndGet();
          return CompletableFuture.failedFuture(
              new StoreException.Transient("the queue of writes is full"));
        }
        patience = room.awaitNanos(patience);
      }
      if (closed) {
        return CompletableFuture.failedFuture(new StoreException.Closed("the database is closed"));
      }
      Write<T> write = new Write<>(work, lazy, options.nanoTime().getAsLong());
      queue.add(write);
      durableWaiting += lazy ? 0 : 1;
      arrived.signal();
      return write.future;
    } finally {
      lock.unlock();
    }
  }

  /** Refuses new work, commits what waits on the caller's thread, and closes the connection. */
  void close() {
    lock.lock();
    try {
      closed = true;
      room.signalAll();
    } finally {
      lock.unlock();
    }
    long end = System.nanoTime() + options.closeLimit().toNanos();
    if (!takeTurn()) {
      failRest("a write did not end in time");
      return;
    }
    try {
      while (waiting() > 0 && System.nanoTime() < end) {
        commitGroup();
      }
      failRest("closing took too long");
      connection.close();
    } finally {
      turn.unlock();
    }
  }

  private boolean takeTurn() {
    boolean interrupted = Thread.interrupted();
    try {
      return turn.tryLock(options.closeLimit().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
      return turn.tryLock();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void failRest(String why) {
    for (Write<?> write : take(Integer.MAX_VALUE)) {
      write.tell(new StoreException.Closed(why));
    }
  }

  private void commitGroup() {
    turn.lock();
    try {
      List<Write<?>> group = take(GROUP_LIMIT);
      if (!group.isEmpty()) {
        if (!connection.commit(group)) {
          group.forEach(write -> write.tell(new StoreException.Transient("the database is away")));
        }
      }
    } finally {
      turn.unlock();
    }
  }

  private List<Write<?>> take(int limit) {
    lock.lock();
    try {
      List<Write<?>> group = new ArrayList<>();
      while (group.size() < limit && !queue.isEmpty()) {
        Write<?> write = queue.remove();
        durableWaiting -= write.lazy ? 0 : 1;
        group.add(write);
      }
      room.signalAll();
      return group;
    } finally {
      lock.unlock();
    }
  }

  private boolean hasDue() {
    lock.lock();
    try {
      return isDue();
    } finally {
      lock.unlock();
    }
  }

  private boolean isDue() {
    return durableWaiting > 0
        || queue.size() >= GROUP_LIMIT
        || (!queue.isEmpty() && (closed || ageOfOldest() >= LAZY_LIMIT.toNanos()));
  }

  private long ageOfOldest() {
    return options.nanoTime().getAsLong() - queue.element().submittedNanos;
  }
}
