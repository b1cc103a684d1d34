package org.longwire.relay.store.sql;

import java.util.concurrent.CompletableFuture;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.Work;
import org.longwire.relay.store.WritableStore;

/** Calls of a store for those who declare no interruption: it becomes a failure and stays set. */
final class Writes {
  private Writes() {}

  /** Returns when it is durable. */
  static <T> T durable(WritableStore store, Work<T> work) throws StoreException {
    try {
      return store.write(work);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  static <T> CompletableFuture<T> soon(WritableStore store, Work<T> work) {
    try {
      return store.submit(work);
    } catch (InterruptedException e) {
      return CompletableFuture.failedFuture(interrupted());
    }
  }

  static <T> CompletableFuture<T> lazy(WritableStore store, Work<T> work) {
    try {
      return store.submitLazy(work);
    } catch (InterruptedException e) {
      return CompletableFuture.failedFuture(interrupted());
    }
  }

  static <T> CompletableFuture<T> bulk(WritableStore store, Work<T> work, int bytes) {
    try {
      return store.submitBulk(work, bytes);
    } catch (InterruptedException e) {
      return CompletableFuture.failedFuture(interrupted());
    }
  }

  private static StoreException interrupted() {
    Thread.currentThread().interrupt();
    return new StoreException.Transient("interrupted while it was to be written");
  }
}
