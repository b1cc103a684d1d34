package org.longwire.radio;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A session on a table: its clock moves only when it waits, its node is what the test says, and
 * everything runs on the test's thread.
 */
final class Bench implements RadioLink.Port {
  static final Instant START = Instant.parse("2026-11-20T08:00:00Z");

  final Collected heard = new Collected();
  final List<byte[]> written = new ArrayList<>();
  final RadioSession session;
  boolean isSerial = true;
  boolean isPlugged = true;
  boolean failsToWrite;
  int opened;
  private final ArrayDeque<byte[]> coming = new ArrayDeque<>();
  private Optional<Link> link = Optional.empty();
  private long nanos;
  private long limitNanos = Long.MAX_VALUE;

  Bench() {
    this(new Random(7));
  }

  Bench(Random random) {
    RadioSession.Means means = new RadioSession.Means(
        () -> START.plusNanos(nanos), () -> nanos - 5_000_000_000L, random, Set.of(), Map.of());
    SessionClock clock = new SessionClock(means.clock(), means.nanoTime(), this::waitAtMost);
    session = new RadioSession(this, heard, clock, means, new RadioSession.Wakeable());
  }

  /** The node says this next. */
  Bench says(byte[]... frames) {
    for (byte[] frame : frames) {
      coming.add(frame);
    }
    return this;
  }

  /** Lets the session take everything that was said. */
  Bench listen() throws InterruptedException {
    limitNanos = nanos;
    do {
      session.poll();
    } while (!coming.isEmpty());
    session.poll();
    limitNanos = Long.MAX_VALUE;
    return this;
  }

  /** Lets so much time pass. */
  Bench pass(Duration time) throws InterruptedException {
    limitNanos = nanos + time.toNanos();
    while (nanos < limitNanos) {
      session.poll();
    }
    session.poll();
    limitNanos = Long.MAX_VALUE;
    return this;
  }

  Bench passMillis(long millis) throws InterruptedException {
    return pass(Duration.ofMillis(millis));
  }

  long millis() {
    return nanos / 1_000_000;
  }

  /** Connects and answers the question for the configuration. */
  Bench ready() throws InterruptedException {
    return ready(FromNode.OWN, 0);
  }

  Bench ready(NodeId own, int reboots) throws InterruptedException {
    passMillis(150);
    says(FromNode.dump(own, reboots, nonce())).listen();
    return this;
  }

  /** The nonce of the last question for the configuration. */
  int nonce() {
    return ToNode.nonces(written).stream().reduce((a, b) -> b).orElseThrow();
  }

  /** Pulls the cable: the open link fails, and opening fails until it is plugged in again. */
  void unplug() {
    isPlugged = false;
    link.ifPresent(open -> open.isGone = true);
  }

  private void waitAtMost(long millis) {
    nanos = Math.min(nanos + millis * 1_000_000, limitNanos);
  }

  @Override
  public RadioLink open() throws RadioException {
    if (!isPlugged) {
      throw new RadioException.CannotOpen("no radio at bench; plug it in");
    }
    opened++;
    coming.clear();
    Link fresh = new Link();
    link = Optional.of(fresh);
    return fresh;
  }

  @Override
  public String name() {
    return "bench";
  }

  @Override
  public boolean isSerial() {
    return isSerial;
  }

  private final class Link implements RadioLink {
    private boolean isGone;

    @Override
    public int read(byte[] buffer, Duration timeout) throws RadioException {
      if (isGone) {
        throw new RadioException.LinkLost("the cable was pulled");
      }
      if (coming.isEmpty()) {
        waitAtMost(timeout.toMillis());
        return 0;
      }
      byte[] next = coming.poll();
      int taken = Math.min(next.length, buffer.length);
      System.arraycopy(next, 0, buffer, 0, taken);
      if (taken < next.length) {
        byte[] rest = new byte[next.length - taken];
        System.arraycopy(next, taken, rest, 0, rest.length);
        coming.addFirst(rest);
      }
      return taken;
    }

    @Override
    public void write(byte[] bytes) throws RadioException {
      if (isGone || failsToWrite) {
        throw new RadioException.LinkLost("the write failed");
      }
      written.add(bytes.clone());
    }

    @Override
    public void close() {
      isGone = true;
    }
  }
}
