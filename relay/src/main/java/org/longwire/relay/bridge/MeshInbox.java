package org.longwire.relay.bridge;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.longwire.radio.MeshEvent;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.run.StatusBoard;
import org.longwire.relay.run.StatusBoard.Health;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between the radio's reader and the bridge, so that a slow store never makes us miss bytes.
 * Bounded: when it is full, what is not chat goes first, and every loss is counted and said.
 */
public final class MeshInbox {
  /**
   * Events that wait; a full node list (250) and a full phone queue (32) fit with room to spare.
   */
  static final int LIMIT = 1_024;

  /** Its name in status, where it appears with the first message that is lost. */
  public static final String PART = "mesh inbox";

  private static final Logger LOG = LoggerFactory.getLogger(MeshInbox.class);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Deque<Item> items = new ArrayDeque<>();
  private final StatusBoard status;
  private long lost;
  private long lostChat;

  public MeshInbox(StatusBoard status) {
    this.status = status;
  }

  /** An event and the radio it came from. */
  public record Item(RadioId radio, MeshEvent event) {
    boolean isChat() {
      return event instanceof MeshEvent.TextReceived || event instanceof MeshEvent.ReactionReceived;
    }
  }

  /** Takes an event in; never blocks. */
  public void put(Item item) {
    lock.lock();
    try {
      if (items.size() >= LIMIT && !makeRoomFor(item)) {
        return;
      }
      items.add(item);
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  private boolean makeRoomFor(Item item) {
    lost++;
    if (Long.bitCount(lost) == 1) {
      LOG.error("{} events of the radio lost: the store does not keep up", lost);
    }
    if (!item.isChat()) {
      return false;
    }
    boolean freed = items.removeIf(new FirstOther());
    if (!freed) {
      items.poll();
      lostChat++;
      tellLoss();
    }
    return true;
  }

  /** Messages that are gone stay gone, so this stands until the next start. */
  private void tellLoss() {
    if (Long.bitCount(lostChat) == 1) {
      String sentence = "%d or more messages of the mesh were lost: the store does not keep up; is"
          .concat(" the disk full or failing?")
          .formatted(lostChat);
      status.tell(PART, Health.FAILED, sentence);
    }
  }

  /** The next event, waiting for it at most that long. */
  public Optional<Item> take(long millis) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(millis);
      while (items.isEmpty() && left > 0) {
        left = arrived.awaitNanos(left);
      }
      return Optional.ofNullable(items.poll());
    } finally {
      lock.unlock();
    }
  }

  public boolean isEmpty() {
    lock.lock();
    try {
      return items.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** How many events were lost since the start. */
  public long lost() {
    lock.lock();
    try {
      return lost;
    } finally {
      lock.unlock();
    }
  }

  /** Matches the first item that is not chat, and no other. */
  private static final class FirstOther implements java.util.function.Predicate<Item> {
    private boolean found;

    @Override
    public boolean test(Item item) {
      if (found || item.isChat()) {
        return false;
      }
      found = true;
      return true;
    }
  }
}
