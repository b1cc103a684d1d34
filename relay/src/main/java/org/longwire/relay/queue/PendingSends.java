package org.longwire.relay.queue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.longwire.radio.DeliveryState;
import org.longwire.radio.PacketId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a mesh sender waits for what the node says of the packet it has just written. One sender
 * waits, the radio's reader tells. Only the packet in flight is watched, so it stays small.
 */
public final class PendingSends {
  /** Words about packets that nobody waits for any more; those of the last minutes matter. */
  static final int LATE_LIMIT = 64;

  /** Waits for a condition, whose lock is held; gives what is left of the time. */
  @FunctionalInterface
  public interface Wait {
    long await(Condition condition, long nanos) throws InterruptedException;
  }

  /** What was said of a packet after its sender had stopped waiting. */
  public record Late(PacketId packet, DeliveryState state) {}

  private static final Logger LOG = LoggerFactory.getLogger(PendingSends.class);

  private final Wait wait;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition told = lock.newCondition();
  private final Map<PacketId, Optional<DeliveryState>> watched = new HashMap<>();
  private final Deque<Late> late = new ArrayDeque<>();
  private boolean overflowed;
  private long linkLosses;
  private long lossesBefore;

  public PendingSends() {
    this(Condition::awaitNanos);
  }

  /** @param wait how to wait; a test lets the rest of its world go on meanwhile */
  public PendingSends(Wait wait) {
    this.wait = wait;
  }

  /** Begins to watch a packet; call before it is written, because the answer may come at once. */
  public void watch(PacketId packet) {
    lock.lock();
    try {
      watched.put(packet, Optional.empty());
      lossesBefore = linkLosses;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Stops watching a packet: what is said from now on comes late.
   *
   * @return the last word, which may have come after the waiting ended
   */
  public Optional<DeliveryState> forget(PacketId packet) {
    lock.lock();
    try {
      return Optional.ofNullable(watched.remove(packet)).flatMap(state -> state);
    } finally {
      lock.unlock();
    }
  }

  /** The node or the mesh said something about a packet. Any thread; never blocks. */
  public void tell(PacketId packet, DeliveryState state) {
    lock.lock();
    try {
      if (watched.containsKey(packet)) {
        watched.put(packet, Optional.of(state));
        told.signalAll();
      } else {
        if (late.size() == LATE_LIMIT) {
          late.removeFirst();
          warnOnce();
        }
        late.addLast(new Late(packet, state));
      }
    } finally {
      lock.unlock();
    }
  }

  private void warnOnce() {
    if (!overflowed) {
      overflowed = true;
      LOG.warn("more than {} words about older texts wait; the oldest are dropped", LATE_LIMIT);
    }
  }

  /** Takes what was said too late, the oldest first. */
  public List<Late> takeLate() {
    lock.lock();
    try {
      List<Late> taken = List.copyOf(late);
      late.clear();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** The link went down: nobody will hear of the packet in flight in this session. */
  public void linkLost() {
    lock.lock();
    try {
      linkLosses++;
      told.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for the first word about a watched packet.
   *
   * @return empty if none came in time or the link went down
   */
  public Optional<DeliveryState> await(PacketId packet, Duration limit)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = limit.toNanos();
      while (watched.getOrDefault(packet, Optional.empty()).isEmpty()
          && linkLosses == lossesBefore
          && left > 0) {
        left = wait.await(told, left);
      }
      return watched.getOrDefault(packet, Optional.empty());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits whether a packet that was taken is refused after all: the refusal of a text that came too
   * soon follows its acceptance at once (reference: meshtastic.md §4.1).
   *
   * @return the latest word
   */
  public Optional<DeliveryState> awaitSecond(PacketId packet, Duration limit)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = limit.toNanos();
      while (left > 0
          && watched.getOrDefault(packet, Optional.empty()).orElse(null)
              instanceof DeliveryState.HandedOver) {
        left = wait.await(told, left);
      }
      return watched.getOrDefault(packet, Optional.empty());
    } finally {
      lock.unlock();
    }
  }
}
