package org.longwire.relay.queue;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.longwire.radio.DeliveryState;
import org.longwire.radio.PacketId;

/**
 * Where a mesh sender waits for what the node says of the packet it has just written. One sender
 * waits, the radio's reader tells. Only the packet in flight is watched, so it stays small.
 */
public final class PendingSends {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition told = lock.newCondition();
  private final Map<PacketId, Optional<DeliveryState>> watched = new HashMap<>();
  private long linkLosses;
  private long lossesBefore;

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

  public void forget(PacketId packet) {
    lock.lock();
    try {
      watched.remove(packet);
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
      }
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
        left = told.awaitNanos(left);
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
        left = told.awaitNanos(left);
      }
      return watched.getOrDefault(packet, Optional.empty());
    } finally {
      lock.unlock();
    }
  }
}
