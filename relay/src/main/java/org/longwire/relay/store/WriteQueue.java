package org.longwire.relay.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The writes that wait, in the order of submission, and when the next commit is due. Its owner
 * serialises.
 */
final class WriteQueue {
  /** What {@link #nanosUntilDue} says when nothing waits. */
  static final long NEVER = Long.MAX_VALUE;

  private final Deque<Write<?>> all = new ArrayDeque<>();

  /** The same by class, so that the oldest of each is at hand. */
  private final Map<WriteClass, Deque<Write<?>>> classes = new EnumMap<>(WriteClass.class);

  private long bulkBytes;

  WriteQueue() {
    for (WriteClass urgency : WriteClass.values()) {
      classes.put(urgency, new ArrayDeque<>());
    }
  }

  void add(Write<?> write) {
    all.add(write);
    of(write).add(write);
    bulkBytes += weight(write);
  }

  /**
   * The first ones, whatever their class: in one commit, company costs nothing. What is larger than
   * a group may be comes alone.
   */
  List<Write<?>> takeGroup() {
    List<Write<?>> group = new ArrayList<>();
    long bytes = 0;
    while (group.size() < WorkerExecutor.GROUP_LIMIT && !all.isEmpty()) {
      bytes += all.element().work.bytes();
      if (!group.isEmpty() && bytes > WorkerExecutor.GROUP_BYTES) {
        break;
      }
      group.addAll(take(1));
    }
    return group;
  }

  /** The first ones, as many as that or all there are. */
  List<Write<?>> take(int limit) {
    List<Write<?>> group = new ArrayList<>();
    while (group.size() < limit && !all.isEmpty()) {
      Write<?> write = all.remove();
      of(write).remove();
      bulkBytes -= weight(write);
      group.add(write);
    }
    return group;
  }

  /** Gives back a group that was taken, to be the first again. */
  void putBack(List<Write<?>> group) {
    for (int i = group.size() - 1; i >= 0; i--) {
      Write<?> write = group.get(i);
      all.addFirst(write);
      of(write).addFirst(write);
      bulkBytes += weight(write);
    }
  }

  int size() {
    return all.size();
  }

  /** How long nothing need be committed; 0 or less if something is due. */
  long nanosUntilDue(long nowNanos) {
    if (all.isEmpty()) {
      return NEVER;
    }
    boolean due = !classes.get(WriteClass.DURABLE).isEmpty()
        || classes.get(WriteClass.LAZY).size() >= WorkerExecutor.GROUP_LIMIT
        || bulkBytes >= WorkerExecutor.BULK_BYTES
        || all.size() >= WorkerExecutor.QUEUE_LIMIT / 2;
    return due
        ? 0
        : Math.min(
            nanosLeft(WriteClass.LAZY, WorkerExecutor.LAZY_LIMIT.toNanos(), nowNanos),
            nanosLeft(WriteClass.BULK, WorkerExecutor.BULK_LIMIT.toNanos(), nowNanos));
  }

  private long nanosLeft(WriteClass urgency, long limit, long nowNanos) {
    Deque<Write<?>> waiting = classes.get(urgency);
    return waiting.isEmpty() ? NEVER : limit - (nowNanos - waiting.element().submittedNanos);
  }

  private Deque<Write<?>> of(Write<?> write) {
    return classes.get(write.urgency);
  }

  private static long weight(Write<?> write) {
    return write.urgency == WriteClass.BULK ? write.bytes : 0;
  }
}
