package org.longwire.radio;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Asks the node for its dump and collects it (reference: meshtastic.md §1.3, §2). Decides what to
 * write and when, but neither writes nor waits. Times are milliseconds of the session's clock.
 */
final class Handshake {
  /** Asks for the configuration without the other nodes. */
  static final int CONFIG_ONLY = 69_420;

  /** Asks for the nodes alone; never used as a random nonce. */
  static final int NODES_ONLY = 69_421;

  /** Wakes a sleeping line; cannot be mistaken for the beginning of a frame. */
  private static final int WAKE_BYTES = 32;

  /** Fills whatever half a frame the node may be waiting to complete. */
  private static final int RESYNC_BYTES = FrameEncoder.HEADER + FrameEncoder.MAX_PAYLOAD;

  private static final long WAKE_PAUSE_MS = 100;
  private static final long RESYNC_PAUSE_MS = 200;

  /** No answer for so long: the node may have lost our question. */
  private static final long RETRY_MS = 10_000;

  /** A node may poll its port every 20 s only; one that boots takes 15 s. */
  private static final long MY_INFO_MS = 30_000;

  /** A dump of 250 nodes takes seconds; this is for the slowest line. */
  private static final long COMPLETE_MS = 120_000;

  /** A dump flows without a pause: after so long its end was lost on the line. */
  private static final long SILENCE_MS = 20_000;

  private enum Step {
    WAKE,
    ASK,
    RESYNC,
    LISTEN
  }

  private final RandomGenerator random;
  private final PacketCodec codec;
  private boolean isPartial;
  private Step next;
  private long nextAt;
  private long failAt;
  private long completeBy;
  private int nonce;
  private Optional<Dump> dump = Optional.empty();

  private Handshake(RandomGenerator random, PacketCodec codec, Step first, long now) {
    this.random = random;
    this.codec = codec;
    this.next = first;
    this.nextAt = now;
    this.failAt = now + MY_INFO_MS;
    this.isPartial = first == Step.ASK;
  }

  /** Everything, from a node that may be asleep. */
  static Handshake full(RandomGenerator random, PacketCodec codec, long now) {
    return new Handshake(random, codec, Step.WAKE, now);
  }

  /** The configuration alone, in mid-session; if nothing answers, the full one follows. */
  static Handshake partial(RandomGenerator random, PacketCodec codec, long now) {
    return new Handshake(random, codec, Step.ASK, now);
  }

  /** Whether the node has begun to answer. */
  boolean hasBegun() {
    return dump.isPresent();
  }

  /** When {@link #speak} or {@link #hasFailed} will have something new to say. */
  long dueAt() {
    return next == Step.LISTEN ? failAt : Math.min(nextAt, failAt);
  }

  boolean hasFailed(long now) {
    return now >= failAt;
  }

  /** The bytes to write now, if it is time for some. */
  Optional<byte[]> speak(long now) {
    if (next == Step.LISTEN || now < nextAt) {
      return Optional.empty();
    }
    switch (next) {
      case WAKE -> {
        plan(Step.ASK, now + WAKE_PAUSE_MS);
        return Optional.of(filler(WAKE_BYTES));
      }
      case RESYNC -> {
        plan(Step.ASK, now + RESYNC_PAUSE_MS);
        isPartial = false;
        return Optional.of(filler(RESYNC_BYTES));
      }
      default -> {
        plan(Step.RESYNC, now + RETRY_MS);
        nonce = isPartial ? CONFIG_ONLY : freshNonce();
        return Optional.of(FrameEncoder.encode(codec.wantConfig(nonce)));
      }
    }
  }

  /** The dump begins, or begins again. */
  void begins(NodeMessage.MyNodeTold my, long now) {
    dump = Optional.of(new Dump(my));
    next = Step.LISTEN;
    completeBy = now + COMPLETE_MS;
    goesOn(now);
  }

  /** The node is still telling. */
  void goesOn(long now) {
    if (hasBegun()) {
      failAt = Math.min(completeBy, now + SILENCE_MS);
    }
  }

  Optional<Dump> dump() {
    return dump;
  }

  /** The snapshot, if this is the end that we asked for. */
  Optional<Snapshot> complete(int told) {
    return told == nonce ? dump.map(Dump::finish) : Optional.empty();
  }

  private void plan(Step step, long at) {
    next = step;
    nextAt = at;
  }

  private int freshNonce() {
    int fresh = 0;
    while (fresh == 0 || fresh == CONFIG_ONLY || fresh == NODES_ONLY || fresh == nonce) {
      fresh = random.nextInt();
    }
    return fresh;
  }

  private static byte[] filler(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, FrameEncoder.START_2);
    return bytes;
  }
}
