package org.longwire.relay.bridge;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.longwire.relay.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a store was told and has not answered yet. Any thread. */
final class WritesUnderWay {
  /**
   * A quarter of what a store's queue holds. What has no room there is turned away, and would be
   * told again for nothing.
   */
  static final int MAX = 256;

  private static final Logger LOG = LoggerFactory.getLogger(WritesUnderWay.class);

  private final String what;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong refused = new AtomicLong();

  /** @param what is told, in words for the log */
  WritesUnderWay(String what) {
    this.what = what;
  }

  boolean isFull() {
    return open.get() >= MAX;
  }

  /**
   * Follows a write. What the schema refuses, or what breaks the work itself, will do so for ever
   * and counts as done; other failures stay failures.
   */
  CompletableFuture<Void> follow(CompletableFuture<Void> write) {
    open.incrementAndGet();
    return write
        .exceptionallyCompose(failure -> {
          Throwable cause =
              failure instanceof CompletionException wrapped && wrapped.getCause() != null
                  ? wrapped.getCause()
                  : failure;
          if (cause instanceof StoreException.Constraint || cause instanceof RuntimeException) {
            if (refused.getAndIncrement() == 0) {
              LOG.warn("the store refuses one of {}; the rest goes on", what, cause);
            }
            return CompletableFuture.completedFuture(null);
          }
          return CompletableFuture.failedFuture(failure);
        })
        .whenComplete((done, failure) -> open.decrementAndGet());
  }

  /** Says at the end how much was refused since the start. */
  void sum() {
    if (refused.get() > 0) {
      LOG.warn("the store has refused {} of {} since the start", refused, what);
    }
  }
}
