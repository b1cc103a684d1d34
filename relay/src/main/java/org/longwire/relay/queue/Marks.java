package org.longwire.relay.queue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.Work;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this process knows about its deliveries and has not yet on disk. Marks are written lazily,
 * in the order in which they were made; until then they cover what the database still says. A mark
 * that could not be written stays, and is submitted again by {@link #retry()}.
 */
final class Marks {
  private static final Logger LOG = LoggerFactory.getLogger(Marks.class);

  private final Database database;
  private final Runnable onTrouble;
  private final Map<Long, Cover> covers = new HashMap<>();
  private final Deque<Mark> failed = new ArrayDeque<>();
  private long sequence;

  /** @param onTrouble called when a mark could not be written, from the writer's thread */
  Marks(Database database, Runnable onTrouble) {
    this.database = database;
    this.onTrouble = onTrouble;
  }

  /**
   * How an entry stands in truth.
   *
   * @param notBefore milliseconds since 1970; of a settled entry, when it met its fate
   * @param remoteId under which the other side knows it; empty unless it was delivered
   */
  record Standing(Fate fate, long notBefore, int attempts, String reason, String remoteId) {}

  private record Cover(Standing standing, long mark) {}

  private record Mark(long number, long entry, Work<Integer> work) {}

  /** Covers an entry and writes the mark lazily. */
  void cover(long entry, Standing standing, Work<Integer> work) {
    Mark mark;
    synchronized (this) {
      mark = new Mark(++sequence, entry, work);
      covers.put(entry, new Cover(standing, mark.number));
    }
    submit(mark);
  }

  /**
   * Covers an entry that is put off again for the same reason, and writes nothing.
   *
   * @return false, and nothing done, if the reason is a new one
   */
  synchronized boolean prolong(long entry, Standing standing) {
    Cover cover = covers.get(entry);
    if (cover == null
        || cover.standing.fate != Fate.WAITING
        || !cover.standing.reason.equals(standing.reason)) {
      return false;
    }
    covers.put(entry, new Cover(standing, cover.mark));
    return true;
  }

  synchronized boolean isSettled(long entry) {
    Cover cover = covers.get(entry);
    return cover != null && cover.standing.fate != Fate.WAITING;
  }

  /** Whether an entry was settled, by the covers of a moment. */
  static boolean isSettled(Map<Long, Standing> standings, long entry) {
    Standing standing = standings.get(entry);
    return standing != null && standing.fate != Fate.WAITING;
  }

  /** Writes something lazily that covers nothing. */
  void note(Work<Integer> work) {
    Mark mark;
    synchronized (this) {
      mark = new Mark(++sequence, 0, work);
    }
    submit(mark);
  }

  /** Lifts the cover of an entry that has just been written durably in another way. */
  synchronized void uncover(long entry) {
    covers.remove(entry);
    failed.removeIf(mark -> mark.entry == entry);
  }

  /**
   * All covers at this moment. Taken before the database is read: a mark that is no longer here was
   * committed before, so the reader sees it.
   */
  synchronized Map<Long, Standing> standings() {
    Map<Long, Standing> copy = new HashMap<>();
    covers.forEach((entry, cover) -> copy.put(entry, cover.standing));
    return copy;
  }

  /** How many marks could not be written. */
  synchronized int unwritten() {
    return failed.size();
  }

  /** Submits what could not be written again, oldest first, and says how many there were. */
  int retry() {
    List<Mark> again;
    synchronized (this) {
      again = new ArrayList<>(failed);
      failed.clear();
    }
    again.forEach(this::submit);
    return again.size();
  }

  private void submit(Mark mark) {
    try {
      database
          .submitLazy(mark.work)
          .whenComplete((changed, failure) -> written(mark, Optional.ofNullable(failure)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      written(mark, Optional.of(new StoreException.Transient("interrupted while waiting", e)));
    }
  }

  private void written(Mark mark, Optional<Throwable> failure) {
    synchronized (this) {
      if (failure.isEmpty()) {
        covers.computeIfPresent(mark.entry, (entry, cover) -> isOver(cover, mark) ? null : cover);
        return;
      }
      if (failure.get() instanceof StoreException operating && operating.mayRetry()) {
        failed.add(mark);
      } else {
        // The cover stays: whatever the file says, this process does not deliver it again.
        LOG.warn("a mark cannot be written: {}", failure.get().getMessage());
      }
    }
    onTrouble.run();
  }

  /** An entry that waits stays covered: how it is put off may be known here alone. */
  private static boolean isOver(Cover cover, Mark mark) {
    return cover.mark == mark.number && cover.standing.fate != Fate.WAITING;
  }
}
