package org.longwire.relay.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.longwire.relay.run.Duty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes in groups, in the order of submission. A step takes what waits, up to a limit, and commits
 * it once. Futures are completed on this thread after the commit: what is chained on them without
 * an executor runs here and must be brief. A write that fails spoils only itself.
 *
 * <p>A lazy write waits for the next durable one, or for its age; a bulk write longer. Without work
 * there is no wake-up and no write.
 *
 * <p>While somebody else holds the file, writes wait and are tried again; a durable one that has
 * waited for {@link #BUSY_LIMIT} fails, the others stay as long as the queue has room.
 */
public final class WorkerExecutor implements Duty {
  /** Writes that may wait; beyond it somebody produces faster than the card can store. */
  public static final int QUEUE_LIMIT = 1_024;

  /** Writes in one commit: more would make the first wait longer than it gains. */
  public static final int GROUP_LIMIT = 64;

  /** Bytes in one commit, for a server that holds a transaction in its memory (§2.2, §2.8). */
  public static final int GROUP_BYTES = 64 * 1024;

  /** How long a lazy write may wait: as much as a power cut may make us do again. */
  public static final Duration LAZY_LIMIT = Duration.ofSeconds(5);

  /** How long a bulk write may wait: what a crash may take of what is learned again anyway. */
  public static final Duration BULK_LIMIT = Duration.ofSeconds(60);

  /** Bytes of bulk that may wait: some ten pages, below which a commit is mostly overhead. */
  public static final int BULK_BYTES = 64 * 1024;

  /** How long a durable write waits for somebody else's lock before its caller must know. */
  public static final Duration BUSY_LIMIT = Duration.ofSeconds(30);

  /** Between two tries while the file is locked; SQLite itself waits in each. */
  static final Duration BUSY_PAUSE = Duration.ofMillis(250);

  /** How long a step waits for work. */
  static final Duration IDLE_LIMIT = Duration.ofSeconds(60);

  private static final Logger LOG = LoggerFactory.getLogger(WorkerExecutor.class);

  private final GroupCommit connection;
  private final Options options;

  /** Fair: else who has just been served comes before those who wait for room, who may starve. */
  private final ReentrantLock lock = new ReentrantLock(true);

  private final Condition arrived = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final WriteQueue queue = new WriteQueue();
  private final AtomicLong refused = new AtomicLong();
  private final Patience patience;

  /** Held while a group runs, so that the closing thread and the worker never write at once. */
  private final ReentrantLock turn = new ReentrantLock();

  private volatile boolean unattended;
  private volatile StoreState ending = StoreState.OPEN;

  WorkerExecutor(GroupCommit connection, Options options) {
    this.connection = connection;
    this.options = options;
    this.patience = new Patience(options.observer());
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
      long wait = nanosUntilDue();
      while (wait > 0) {
        if (wait < WriteQueue.NEVER) {
          arrived.awaitNanos(wait);
        } else if (idle > 0) {
          idle = arrived.awaitNanos(idle);
        } else {
          return;
        }
        wait = nanosUntilDue();
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

  StoreState state() {
    return ending == StoreState.OPEN && patience.isAtAnEnd() ? StoreState.DEGRADED : ending;
  }

  private void countRefused() {
    if (refused.getAndIncrement() == 0) {
      LOG.warn("{} writes wait for the storage, and more are turned away", QUEUE_LIMIT);
    }
  }

  /**
   * Takes a write. With the queue full a durable one waits for room; the others are turned away at
   * once: who hands them over must not be stopped by a store that is slow or away.
   */
  <T> CompletableFuture<T> submit(Work<T> work, WriteClass urgency, int bytes)
      throws InterruptedException {
    if (unattended) {
      // Nobody else would make room.
      runDue();
    }
    Write<T> write = new Write<>(work, urgency, bytes, now());
    Optional<StoreException> refusal = enqueued(write);
    if (refusal.isPresent()) {
      return CompletableFuture.failedFuture(refusal.get());
    }
    if (unattended) {
      runDue();
    }
    return write.future;
  }

  private Optional<StoreException> enqueued(Write<?> write) throws InterruptedException {
    boolean waits = write.urgency == WriteClass.DURABLE && !unattended;
    lock.lock();
    try {
      // Whoever commits would wait for room that only he makes.
      long left = waits && !turn.isHeldByCurrentThread() ? options.submitLimit().toNanos() : 0;
      while (ending == StoreState.OPEN && queue.size() >= QUEUE_LIMIT) {
        if (left <= 0) {
          countRefused();
          return Optional.of(new StoreException.Transient("the queue of writes is full"));
        }
        left = room.awaitNanos(left);
      }
      if (ending != StoreState.OPEN) {
        return Optional.of(new StoreException.Closed("the database is closed"));
      }
      queue.add(write);
      arrived.signal();
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** From now on whoever submits commits: the thread that repeats steps may have ended. */
  void unattended() {
    unattended = true;
  }

  boolean isUnattended() {
    return unattended;
  }

  /** What is done between two groups, with the connection that writes. */
  interface Between<T> {
    T run() throws StoreException;
  }

  /** Does something between two groups, on the caller's thread. */
  <T> T between(Between<T> groups) throws StoreException {
    turn.lock();
    try {
      if (ending == StoreState.CLOSED) {
        throw new StoreException.Closed("the database is closed");
      }
      return groups.run();
    } finally {
      turn.unlock();
    }
  }

  /**
   * Refuses new work, commits what waits on the caller's thread, and closes the connection, within
   * the limit and one commit. An interruption waits until it is done: what was accepted is written.
   */
  void close(Duration limit) {
    lock.lock();
    try {
      ending = ending == StoreState.OPEN ? StoreState.DRAINING : ending;
      room.signalAll();
    } finally {
      lock.unlock();
    }
    boolean interrupted = Thread.interrupted();
    try {
      interrupted |= drainAndClose(System.nanoTime() + limit.toNanos());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** @return whether it was interrupted meanwhile */
  private boolean drainAndClose(long end) {
    boolean interrupted = false;
    boolean taken = false;
    while (!taken) {
      try {
        taken = turn.tryLock(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (!taken) {
          failRest("a write did not end in time");
          return interrupted;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    try {
      while (waiting() > 0 && System.nanoTime() < end) {
        commitGroup();
        // With the flag set there would be no pause between the tries.
        interrupted |= Thread.interrupted();
        LockSupport.parkNanos(Math.max(0, patience.nanosToNextTry(now())));
      }
      failRest("closing took too long");
      connection.close();
      ending = StoreState.CLOSED;
      return interrupted;
    } finally {
      turn.unlock();
    }
  }

  private void failRest(String why) {
    List<Write<?>> rest;
    lock.lock();
    try {
      rest = queue.take(Integer.MAX_VALUE);
    } finally {
      lock.unlock();
    }
    rest.forEach(write -> write.tell(new StoreException.Closed(why)));
  }

  private void commitGroup() {
    turn.lock();
    try {
      List<Write<?>> group = takeGroup();
      if (group.isEmpty()) {
        return;
      }
      Optional<StoreException> why = connection.commit(group);
      if (why.isEmpty()) {
        patience.renew();
      } else {
        options.observer().failed(why.get());
        waitOn(group, why.get());
      }
    } finally {
      turn.unlock();
    }
  }

  /** Somebody else holds the file: what has waited too long and must be durable fails now. */
  private void waitOn(List<Write<?>> group, StoreException why) {
    List<Write<?>> staying = new ArrayList<>();
    List<Write<?>> failing = new ArrayList<>();
    lock.lock();
    try {
      long now = now();
      patience.spend(now);
      for (Write<?> write : group) {
        boolean late = write.urgency == WriteClass.DURABLE
            && now - write.submittedNanos >= BUSY_LIMIT.toNanos();
        (late ? failing : staying).add(write);
      }
      queue.putBack(staying);
    } finally {
      lock.unlock();
    }
    String sentence =
        "nothing could be written for %d s: %s".formatted(BUSY_LIMIT.toSeconds(), why.getMessage());
    failing.forEach(write -> write.tell(new StoreException.Transient(sentence, why)));
  }

  private List<Write<?>> takeGroup() {
    lock.lock();
    try {
      List<Write<?>> group = queue.takeGroup();
      room.signalAll();
      return group;
    } finally {
      lock.unlock();
    }
  }

  private boolean hasDue() {
    lock.lock();
    try {
      return nanosUntilDue() <= 0;
    } finally {
      lock.unlock();
    }
  }

  private long nanosUntilDue() {
    long now = now();
    long due = queue.nanosUntilDue(now);
    if (due == WriteQueue.NEVER) {
      return due;
    }
    return Math.max(ending == StoreState.OPEN ? due : 0, patience.nanosToNextTry(now));
  }

  private long now() {
    return options.nanoTime().getAsLong();
  }
}
