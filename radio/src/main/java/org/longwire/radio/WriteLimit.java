package org.longwire.radio;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Bounds a write that may block for ever: after the limit the link is closed under it, which makes
 * the write fail. Waits on the Java runtime's own timer, so that no thread of ours is needed.
 */
final class WriteLimit {
  /** A radio that takes nothing for so long is not going to. */
  static final Duration LIMIT = Duration.ofSeconds(5);

  private final Duration limit;

  WriteLimit(Duration limit) {
    this.limit = limit;
  }

  /** One write that may fail. */
  interface Write<X extends Exception> {
    void run() throws X;
  }

  <X extends Exception> void guard(Runnable breakLink, Write<X> write) throws X {
    CompletableFuture<Void> done = new CompletableFuture<>();
    done.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).whenComplete((nothing, late) -> {
      if (late != null) {
        breakLink.run();
      }
    });
    try {
      write.run();
    } finally {
      done.complete(null);
    }
  }

  long seconds() {
    return Math.max(1, limit.toSeconds());
  }
}
