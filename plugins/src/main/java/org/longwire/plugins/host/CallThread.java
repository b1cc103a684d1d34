package org.longwire.plugins.host;

import org.jspecify.annotations.Nullable;

/** The thread to which everything lent belongs while a call goes on. Any thread. */
final class CallThread {
  private volatile @Nullable Lease lease;

  private record Lease(Thread thread, CallUnderWay call) {}

  void begin(CallUnderWay call) {
    lease = new Lease(Thread.currentThread(), call);
  }

  /** After this nothing lent can be used, until the next call. */
  void end() {
    lease = null;
  }

  /**
   * The call for which it is used.
   *
   * @throws IllegalStateException on any other thread, or between calls
   */
  CallUnderWay check() {
    Lease now = lease;
    if (now == null || now.thread() != Thread.currentThread()) {
      throw new IllegalStateException(
          "the context belongs to the thread of a call; keep to that thread, and to its time");
    }
    return now.call();
  }
}
