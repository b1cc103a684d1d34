package org.longwire.relay.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * How a database is opened.
 *
 * @param nanoTime a monotonic clock in nanoseconds, for the age of writes and the limits of reads
 * @param clock names what is put aside
 * @param submitLimit how long a submit waits for room in a full queue before it fails
 * @param closeLimit how long {@link Database#close()} may take before it gives up on what waits
 * @param readers connections that read, at least one
 * @param recovering whether a damaged file is put aside and replaced by its newest good backup, or
 *     by a new one; else it is refused
 */
public record Options(
    Schema schema,
    Profile profile,
    LongSupplier nanoTime,
    InstantSource clock,
    CommitObserver observer,
    Duration submitLimit,
    Duration closeLimit,
    int readers,
    boolean recovering) {
  /** Longer than a slow card's worst commit, shorter than anybody's patience. */
  private static final Duration SUBMIT_LIMIT = Duration.ofSeconds(10);

  /** A third of the 30 s after which a service manager gets impatient. */
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  /** One for a long answer, one for the short ones meanwhile. */
  private static final int READERS = 2;

  /** The ledger, on the system's clock. */
  public static Options ledger() {
    return new Options(
        Schema.LEDGER,
        Profile.LEDGER,
        System::nanoTime,
        InstantSource.system(),
        CommitObserver.NONE,
        SUBMIT_LIMIT,
        CLOSE_LIMIT,
        READERS,
        false);
  }

  /** The store, on the system's clock. */
  public static Options store() {
    return ledger().withSchema(Schema.STORE).withProfile(Profile.STORE);
  }

  public Options withSchema(Schema other) {
    return new Options(
        other, profile, nanoTime, clock, observer, submitLimit, closeLimit, readers, recovering);
  }

  public Options withProfile(Profile other) {
    return new Options(
        schema, other, nanoTime, clock, observer, submitLimit, closeLimit, readers, recovering);
  }

  public Options withNanoTime(LongSupplier other) {
    return new Options(
        schema, profile, other, clock, observer, submitLimit, closeLimit, readers, recovering);
  }

  public Options withClock(InstantSource other) {
    return new Options(
        schema, profile, nanoTime, other, observer, submitLimit, closeLimit, readers, recovering);
  }

  public Options withObserver(CommitObserver other) {
    return new Options(
        schema, profile, nanoTime, clock, other, submitLimit, closeLimit, readers, recovering);
  }

  public Options withSubmitLimit(Duration other) {
    return new Options(
        schema, profile, nanoTime, clock, observer, other, closeLimit, readers, recovering);
  }

  public Options withCloseLimit(Duration other) {
    return new Options(
        schema, profile, nanoTime, clock, observer, submitLimit, other, readers, recovering);
  }

  public Options withReaders(int other) {
    return new Options(
        schema, profile, nanoTime, clock, observer, submitLimit, closeLimit, other, recovering);
  }

  public Options withRecovering(boolean other) {
    return new Options(
        schema, profile, nanoTime, clock, observer, submitLimit, closeLimit, readers, other);
  }
}
