package org.longwire.relay.store;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How a database is opened.
 *
 * @param nanoTime a monotonic clock in nanoseconds, for the age of lazy writes
 * @param submitLimit how long a submit waits for room in a full queue before it fails
 * @param closeLimit how long {@link Database#close()} may take before it gives up on what waits
 */
public record Options(
    Schema schema,
    LongSupplier nanoTime,
    CommitObserver observer,
    Duration submitLimit,
    Duration closeLimit) {
  /** Longer than a slow card's worst commit, shorter than anybody's patience. */
  private static final Duration SUBMIT_LIMIT = Duration.ofSeconds(10);

  /** A third of the 30 s after which a service manager gets impatient. */
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  /** The ledger, on the system's clock. */
  public static Options ledger() {
    return new Options(
        Schema.LEDGER, System::nanoTime, CommitObserver.NONE, SUBMIT_LIMIT, CLOSE_LIMIT);
  }

  public Options withSchema(Schema other) {
    return new Options(other, nanoTime, observer, submitLimit, closeLimit);
  }

  public Options withNanoTime(LongSupplier other) {
    return new Options(schema, other, observer, submitLimit, closeLimit);
  }

  public Options withObserver(CommitObserver other) {
    return new Options(schema, nanoTime, other, submitLimit, closeLimit);
  }

  public Options withSubmitLimit(Duration other) {
    return new Options(schema, nanoTime, observer, other, closeLimit);
  }

  public Options withCloseLimit(Duration other) {
    return new Options(schema, nanoTime, observer, submitLimit, other);
  }
}
