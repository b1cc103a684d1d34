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
   */
  record Form<K, D>(BinaryOperator<D> then, ToIntFunction<D> bytes, Writer<K, D> writer) {}

  private final WritableStore store;
  private final Form<K, D> form;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<K, D> pending = new LinkedHashMap<>();
  private Map<K, D> onItsWay = Map.of();
  private int pendingBytes;
  private boolean underway;
  private boolean bulkWaits;
  private boolean hurryWaits;

  /** Whether the last batch failed: then nothing is tried before somebody writes again. */
  private boolean failed;

  WriteBehind(WritableStore store, Form<K, D> form) {
    this.store = store;
    this.form = form;
  }

  /** @param soon whether it should not wait longer than lazy writes do */
  void put(K key, D change, boolean soon) {
    boolean hurry;
    boolean bulk;
    lock.lock();
    try {
      pending.merge(key, change, form.then());
      pendingBytes += form.bytes().applyAsInt(change);
      hurry = !hurryWaits && (soon || pendingBytes >= MAX_BYTES || pending.size() >= BATCH);
      // Also beside a hurried one, for what that one leaves behind.
      bulk = !bulkWaits;
      hurryWaits |= hurry;
      bulkWaits |= bulk;
    } finally {
      lock.unlock();
    }
    if (bulk) {
      int bytes = form.bytes().applyAsInt(change);
      report(drained(() -> bulkWaits = false, work -> Writes.bulk(store, work, bytes)));
    }
    if (hurry) {
      report(drained(() -> hurryWaits = false, work -> Writes.lazy(store, work)));
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

  /**
   * Writes everything; durable on return. Nothing is written if nothing waits.
   *
   * @throws StoreException.Transient if a batch takes longer than {@link #FLUSH_LIMIT}
   */
  void flush() throws StoreException {
    while (size() > 0) {
      try {
        drained(() -> {}, this::submit).get(FLUSH_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoreException.Transient("interrupted while it was to be written");
      } catch (TimeoutException e) {
        throw new StoreException.Transient("the store does not answer in time", e);
      } catch (ExecutionException e) {
        throw unwrapped(e.getCause());
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

  /** The future completes after what was taken is settled here. */
  private CompletableFuture<Integer> drained(Runnable released, Hand hand) {
    Batch batch = new Batch(released);
    return hand.over(batch).whenComplete((count, failure) -> {
      batch.settle(failure);
      if (leavesSome()) {
        report(drained(() -> hurryWaits = false, work -> Writes.lazy(store, work)));
      }
    });
  }

  /** Whether what came while a batch was on its way, or did not fit in, has no write to go with. */
  private boolean leavesSome() {
    lock.lock();
    try {
      boolean leaves = !pending.isEmpty() && !failed && !bulkWaits && !hurryWaits;
      hurryWaits |= leaves;
      return leaves;
    } finally {
      lock.unlock();
    }
  }

  private static void report(CompletableFuture<Integer> write) {
    write.whenComplete((count, failure) -> {
      if (failure != null) {
        LOG.warn("gathered changes wait for the next write: {}", failure.getMessage());
      }
    });
  }

  /** What one write takes along. Run again, it writes the same again. */
  private final class Batch implements Work<Integer> {
    private final Runnable released;
    private Map<K, D> taken = Map.of();

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

    private void settle(@Nullable Throwable failure) {
      lock.lock();
      try {
        failed = failure != null || (failed && taken.isEmpty());
        if (failure == null || taken.isEmpty()) {
          release();
          return;
        }
        Map<K, D> later = new LinkedHashMap<>(pending);
        Map<K, D> kept = onItsWay;
        release();
        pending.clear();
        pending.putAll(kept);
        later.forEach((key, change) -> pending.merge(key, change, form.then()));
        pendingBytes = sizeOfPending();
      } finally {
        lock.unlock();
      }
    }

    private void release() {
      if (!taken.isEmpty()) {
        onItsWay = Map.of();
        underway = false;
      }
      released.run();
    }
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
      while (entries.hasNext() && taken.size() < BATCH && bytes < MAX_BYTES * 4) {
        Map.Entry<K, D> entry = entries.next();
        bytes += form.bytes().applyAsInt(entry.getValue());
        taken.put(entry.getKey(), entry.getValue());
        entries.remove();
      }
      pendingBytes = sizeOfPending();
      onItsWay = taken;
      underway = !taken.isEmpty();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private int sizeOfPending() {
    return pending.values().stream().mapToInt(form.bytes()).sum();
  }
}
