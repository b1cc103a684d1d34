package org.longwire.relay.store.sql;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BinaryOperator;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.Transaction;
import org.longwire.relay.store.Work;
import org.longwire.relay.store.WritableStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes by key that reach the store together and late, so that a hundred changes of one thing are
 * one write. Readers lay them over the rows. At most one batch is on its way; what fails waits for
 * the next, in its order. Any thread.
 *
 * @param <D> a change; two of one key make one, and making it twice changes nothing more
 */
final class WriteBehind<K, D> {
  /** How much may wait for the slow class of writes; as the store itself (design §4). */
  static final int MAX_BYTES = 65_536;

  /** Changes in one transaction, each of a few rows. */
  static final int BATCH = 200;

  /** How long a flush waits: with the store away it must not hold up the end of the process. */
  static final Duration FLUSH_LIMIT = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(WriteBehind.class);

  /** Writes the change of a key. */
  @FunctionalInterface
  interface Writer<K, D> {
    void write(Transaction tx, K key, D change) throws SQLException;
  }

  /**
   * What a change is.
   *
   * @param then makes one change of two, the earlier first
   * @param bytes about how much it writes
   * @param limitBytes what may wait in all, so that a store that is away does not cost the memory
   */
  record Form<K, D>(
      BinaryOperator<D> then, ToIntFunction<D> bytes, Writer<K, D> writer, int limitBytes) {}

  private final WritableStore store;
  private final Form<K, D> form;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<K, D> pending = new LinkedHashMap<>();
  private final LongAdder refused = new LongAdder();
  private Map<K, D> onItsWay = Map.of();
  private volatile int pendingBytes;
  private boolean underway;
  private boolean bulkWaits;
  private boolean hurryWaits;
  private boolean failing;

  /** Changes that the next batch takes; fewer while one that the store refuses is looked for. */
  private int most = BATCH;

  WriteBehind(WritableStore store, Form<K, D> form) {
    this.store = store;
    this.form = form;
  }

  /**
   * Takes a change, unless too much waits.
   *
   * @param soon whether it should not wait longer than lazy writes do
   * @return whether it was taken
   */
  boolean put(K key, D change, boolean soon) {
    int bytes = form.bytes().applyAsInt(change);
    lock.lock();
    try {
      if (!hasRoomFor(bytes)) {
        return false;
      }
      pending.merge(key, change, form.then());
      pendingBytes += bytes;
    } finally {
      lock.unlock();
    }
    schedule(soon || isMuch(), bytes);
    return true;
  }

  /** Two changes of one key may be less than their sum, so the sum is only a first guess. */
  private boolean hasRoomFor(int bytes) {
    int onItsWayBytes = underway ? sizeOf(onItsWay) : 0;
    if (pendingBytes + onItsWayBytes + bytes > form.limitBytes()) {
      pendingBytes = sizeOf(pending);
    }
    return pendingBytes + onItsWayBytes + bytes <= form.limitBytes();
  }

  private boolean isMuch() {
    lock.lock();
    try {
      return pendingBytes >= MAX_BYTES || pending.size() >= BATCH;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sees to it that what is pending is on its way to the store: what may hurry goes with the lazy
   * writes, and a slow batch beside it takes what the hurried one leaves behind.
   */
  private void schedule(boolean soon, int bytes) {
    boolean hurry;
    boolean bulk;
    lock.lock();
    try {
      hurry = soon && !hurryWaits && !pending.isEmpty();
      bulk = !bulkWaits && !pending.isEmpty();
      hurryWaits |= hurry;
      bulkWaits |= bulk;
    } finally {
      lock.unlock();
    }
    if (bulk) {
      handOver(new Batch(() -> bulkWaits = false), work -> Writes.bulk(store, work, bytes));
    }
    if (hurry) {
      handOver(new Batch(() -> hurryWaits = false), work -> Writes.lazy(store, work));
    }
  }

  /** What is not known to be committed of a key. */
  Optional<D> of(K key) {
    lock.lock();
    try {
      D first = onItsWay.get(key);
      D then = pending.get(key);
      if (first == null || then == null) {
        return Optional.ofNullable(first == null ? then : first);
      }
      return Optional.of(form.then().apply(first, then));
    } finally {
      lock.unlock();
    }
  }

  /** What is not known to be committed. */
  Map<K, D> all() {
    lock.lock();
    try {
      Map<K, D> all = new LinkedHashMap<>(onItsWay);
      pending.forEach((key, change) -> all.merge(key, change, form.then()));
      return all;
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return pending.size() + onItsWay.size();
    } finally {
      lock.unlock();
    }
  }

  /** Takes back what has not been written of a key. */
  void forget(K key) {
    lock.lock();
    try {
      pending.remove(key);
      if (onItsWay.containsKey(key)) {
        onItsWay = new HashMap<>(onItsWay);
        onItsWay.remove(key);
      }
    } finally {
      lock.unlock();
    }
  }

  /** How many changes were given up because the store refuses them for what they are. */
  long refused() {
    return refused.sum();
  }

  /**
   * Writes everything; durable on return. Nothing is written if nothing waits.
   *
   * @throws StoreException.Transient if it takes longer than {@link #FLUSH_LIMIT}
   */
  void flush() throws StoreException {
    long end = System.nanoTime() + FLUSH_LIMIT.toNanos();
    while (size() > 0) {
      Batch batch = new Batch(() -> {});
      try {
        handOver(batch, this::submit)
            .get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoreException.Transient("interrupted while it was to be written");
      } catch (TimeoutException e) {
        throw new StoreException.Transient("the store does not answer in time", e);
      } catch (ExecutionException e) {
        if (!batch.isToBlame) {
          throw unwrapped(e.getCause());
        }
      }
    }
  }

  private CompletableFuture<Integer> submit(Work<Integer> work) {
    try {
      return store.submit(work);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CompletableFuture.failedFuture(
          new StoreException.Transient("interrupted while it was to be written"));
    }
  }

  private static StoreException unwrapped(Throwable cause) {
    Throwable root = cause instanceof CompletionException wrapped ? wrapped.getCause() : cause;
    return root instanceof StoreException own
        ? own
        : new StoreException.Unusable("a gathered write failed: " + root, root);
  }

  /** How a batch is handed over. */
  private interface Hand {
    CompletableFuture<Integer> over(Work<Integer> work);
  }

  /**
   * The future completes after what was taken is settled here. What was turned away at once is not
   * handed over again before the next change: it would be turned away again.
   */
  private CompletableFuture<Integer> handOver(Batch batch, Hand hand) {
    CompletableFuture<Integer> handed = hand.over(batch);
    boolean turnedAway = handed.isCompletedExceptionally();
    return handed.whenComplete((count, failure) -> {
      batch.settle(failure);
      if (!turnedAway) {
        // What came meanwhile may have been in a hurry. After a failure nothing is, or a full disk
        // would be asked without a pause.
        schedule(failure == null || isSearching(), 0);
      }
    });
  }

  private boolean isSearching() {
    lock.lock();
    try {
      return most < BATCH;
    } finally {
      lock.unlock();
    }
  }

  /** What one write takes along. Run again, it writes the same again. */
  private final class Batch implements Work<Integer> {
    private final Runnable released;
    private Map<K, D> taken = Map.of();
    private boolean isToBlame;

    Batch(Runnable released) {
      this.released = released;
    }

    @Override
    public Integer run(Transaction tx) throws SQLException {
      if (taken.isEmpty()) {
        taken = take();
      }
      for (Map.Entry<K, D> entry : taken.entrySet()) {
        form.writer().write(tx, entry.getKey(), entry.getValue());
      }
      return taken.size();
    }

    /** About how much it will write, or does. */
    @Override
    public int bytes() {
      return taken.isEmpty() ? Math.min(pendingBytes, MAX_BYTES) : sizeOf(taken);
    }

    private void settle(@Nullable Throwable failure) {
      lock.lock();
      try {
        tell(failure);
        isToBlame = isOwn(failure) && !taken.isEmpty();
        if (isToBlame && taken.size() == 1) {
          giveUp(taken.keySet().iterator().next(), failure);
        }
        if (isToBlame) {
          most = Math.max(1, taken.size() / 2);
        } else if (failure == null && !taken.isEmpty()) {
          most = Math.min(BATCH, most * 2);
        }
        if (failure != null && !(isToBlame && taken.size() == 1)) {
          putBack();
        }
        if (!taken.isEmpty()) {
          onItsWay = Map.of();
          underway = false;
        }
        released.run();
      } finally {
        lock.unlock();
      }
    }

    /** What comes back is older than what came meanwhile. */
    private void putBack() {
      if (!taken.isEmpty()) {
        Map<K, D> later = new LinkedHashMap<>(pending);
        pending.clear();
        pending.putAll(onItsWay);
        later.forEach((key, change) -> pending.merge(key, change, form.then()));
        pendingBytes = sizeOf(pending);
      }
    }
  }

  /** Whether a change itself is what the store refuses, now and for ever. */
  private static boolean isOwn(@Nullable Throwable failure) {
    return failure instanceof StoreException.Constraint
        || failure instanceof IllegalArgumentException;
  }

  private void giveUp(K key, @Nullable Throwable failure) {
    if (refused.sum() == 0) {
      LOG.warn("a change of {} is refused and given up: {}", key, String.valueOf(failure));
    }
    refused.increment();
  }

  private void tell(@Nullable Throwable failure) {
    if (failure != null && !failing && !isOwn(failure)) {
      LOG.warn("gathered changes wait for the next write: {}", failure.getMessage());
    }
    failing = failure != null;
  }

  private Map<K, D> take() {
    lock.lock();
    try {
      if (underway) {
        return Map.of();
      }
      Map<K, D> taken = new LinkedHashMap<>();
      Iterator<Map.Entry<K, D>> entries = pending.entrySet().iterator();
      int bytes = 0;
      while (entries.hasNext() && taken.size() < most && bytes < MAX_BYTES) {
        Map.Entry<K, D> entry = entries.next();
        bytes += form.bytes().applyAsInt(entry.getValue());
        taken.put(entry.getKey(), entry.getValue());
        entries.remove();
      }
      pendingBytes = sizeOf(pending);
      onItsWay = taken;
      underway = !taken.isEmpty();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private int sizeOf(Map<K, D> changes) {
    return changes.values().stream().mapToInt(form.bytes()).sum();
  }
}
