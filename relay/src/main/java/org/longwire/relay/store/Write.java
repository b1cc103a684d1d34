package org.longwire.relay.store;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

/** One piece of work on its way through the worker executor, with what came of it so far. */
final class Write<T> {
  final WriteClass urgency;
  final int bytes;
  final long submittedNanos;
  final CompletableFuture<T> future = new CompletableFuture<>();
  final Work<T> work;
  private Runnable outcome = () -> {};

  /** @param bytes about how much it writes; counts for bulk alone */
  Write(Work<T> work, WriteClass urgency, int bytes, long submittedNanos) {
    this.work = work;
    this.urgency = urgency;
    this.bytes = bytes;
    this.submittedNanos = submittedNanos;
  }

  /** Runs the work and remembers its result, which is told only after the commit. */
  void run(Transaction transaction) throws SQLException, StoreException {
    T result = work.run(transaction);
    outcome = () -> future.complete(result);
  }

  /** Its own failure, which stands whatever becomes of the group. */
  void failed(Throwable own) {
    outcome = () -> future.completeExceptionally(own);
  }

  /** The group is durable: the caller learns his own result or his own failure. */
  void tell() {
    outcome.run();
  }

  /** The group came to nothing. */
  void tell(Throwable groupFailure) {
    future.completeExceptionally(groupFailure);
  }
}
