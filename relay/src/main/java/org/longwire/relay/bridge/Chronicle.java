package org.longwire.relay.bridge;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.queue.Fate;
import org.longwire.relay.queue.FateWatcher;
import org.longwire.relay.queue.OutboxEntry;
import org.longwire.relay.queue.StoreFeed;
import org.longwire.relay.run.StatusBoard;
import org.longwire.relay.run.StatusBoard.Health;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.repository.ArchivedMessage;
import org.longwire.relay.store.repository.MessageArchive;
import org.longwire.relay.store.repository.MessageMap;

/**
 * Tells the store what the ledger knows: which packet is which event, and what was said. A sender
 * only leaves word; the housekeeper's thread does the rest. What the store does not take now waits
 * in the ledger and is found there by the next {@link #round}, also after a restart.
 */
public final class Chronicle implements FateWatcher, AutoCloseable {
  /** A part of the status board, there while the store does not take what it is told. */
  public static final String PART = "archive";

  /** What is said when the store is there again. */
  public static final String BACK = "the store takes what it is told again";

  /** Writes under way: a quarter of what the store's queue holds, so that no submit waits. */
  static final int MAX_UNDER_WAY = 256;

  /** Deliveries that wait to be told; more are found in the ledger. */
  static final int MAX_TOLD = 1_024;

  private final StoreFeed feed;
  private final MessageMap map;
  private final MessageArchive archive;
  private final Provenance provenance;
  private final StatusBoard status;
  private final Supplier<Instant> now;
  private volatile Runnable wake = () -> {};

  private final Deque<Told> told = new ArrayDeque<>();

  /** Deliveries that the store was told of and that are not marked so on the disk. */
  private final Set<Long> known = ConcurrentHashMap.newKeySet();

  /** Those of them that it has taken. */
  private final ConcurrentLinkedQueue<Long> taken = new ConcurrentLinkedQueue<>();

  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicBoolean archiving = new AtomicBoolean();
  private volatile Optional<Long> archived = Optional.empty();
  private volatile long toMark;

  /** What it works with. */
  public record Means(
      StoreFeed feed,
      MessageMap map,
      MessageArchive archive,
      PortalTable portals,
      Map<RadioId, AttachedRadio> radios) {}

  private record Told(OutboxEntry entry, String remoteId, Instant at) {}

  /** @param meshnet the name of our mesh network */
  public Chronicle(Means means, String meshnet, StatusBoard status, Supplier<Instant> now) {
    this.feed = means.feed();
    this.map = means.map();
    this.archive = means.archive();
    this.provenance = new Provenance(means.portals(), means.radios(), meshnet);
    this.status = status;
    this.now = now;
  }

  /** Whom to wake when there is something to do; must not block. */
  public void onNews(Runnable listener) {
    wake = listener;
  }

  @Override
  public void settled(OutboxEntry entry, Fate fate, String reason, String remoteId) {
    if (fate != Fate.DELIVERED) {
      return;
    }
    synchronized (told) {
      if (told.size() < MAX_TOLD) {
        told.add(new Told(entry, remoteId, now.get()));
      }
    }
    wake.run();
  }

  /** Passes on what was left word of since, and what was accepted. Does not wait for the store. */
  public void news() throws InterruptedException {
    try {
      mapTold();
      archiveMore();
    } catch (StoreException e) {
      status.tell("store", Health.FAILED, e.getMessage());
    }
  }

  /** Marks what the store has taken, and looks in the ledger for what it has not. */
  public void round() throws InterruptedException {
    news();
    try {
      mark();
      mapFound();
    } catch (StoreException e) {
      status.tell("store", Health.FAILED, e.getMessage());
    }
  }

  private void mapTold() throws StoreException {
    for (Optional<Told> next = poll(); next.isPresent(); next = poll()) {
      OutboxEntry entry = next.get().entry;
      Optional<StoreFeed.Source> source = feed.source(entry);
      if (source.isPresent()) {
        map(new StoreFeed.Delivered(
            entry.id(),
            source.get(),
            entry.address(),
            next.get().remoteId,
            entry.part(),
            next.get().at));
      }
    }
  }

  private Optional<Told> poll() {
    synchronized (told) {
      return Optional.ofNullable(told.poll());
    }
  }

  private void mapFound() throws StoreException {
    long after = 0;
    List<StoreFeed.Delivered> found;
    do {
      found = feed.delivered(after);
      for (StoreFeed.Delivered delivered : found) {
        map(delivered);
        after = delivered.id();
      }
    } while (found.size() == StoreFeed.BATCH && underWay.get() < MAX_UNDER_WAY);
  }

  private void map(StoreFeed.Delivered delivered) {
    long id = delivered.id();
    if (underWay.get() >= MAX_UNDER_WAY || known.contains(id)) {
      return;
    }
    Provenance.Judgement judgement = provenance.of(delivered);
    if (judgement.never()) {
      known.add(id);
      taken.add(id);
    } else if (judgement.link().isPresent()) {
      known.add(id);
      underWay.incrementAndGet();
      map.remember(judgement.link().get()).whenComplete((done, failure) -> {
        underWay.decrementAndGet();
        if (failure == null) {
          taken.add(id);
          status.settled(PART, BACK);
        } else {
          known.remove(id);
          trouble(failure);
        }
      });
    }
  }

  private void trouble(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    status.tell(PART, Health.WAITING, away(String.valueOf(cause.getMessage())));
  }

  /** What is to be said while the store cannot be had; since when, the status page adds. */
  public static String away(String reason) {
    return "the store is away, its news wait in the ledger, and nothing is lost: " + reason;
  }

  private void mark() throws InterruptedException {
    List<Long> ids = new ArrayList<>();
    for (Long id = taken.poll(); id != null; id = taken.poll()) {
      ids.add(id);
    }
    if (!ids.isEmpty()) {
      // Whatever comes of it: if it is not marked, it is found and told again.
      feed.mapped(ids).whenComplete((count, failure) -> known.removeAll(Set.copyOf(ids)));
    }
    long upTo = toMark;
    if (upTo > 0) {
      toMark = 0;
      feed.archived(upTo);
    }
  }

  /** One batch at a time, so that what is known to be archived has no holes. */
  private void archiveMore() throws StoreException {
    if (!archiving.compareAndSet(false, true)) {
      return;
    }
    boolean handedOver = false;
    try {
      if (archived.isEmpty()) {
        archived = Optional.of(feed.archived());
      }
      List<StoreFeed.Said> batch = feed.said(archived.orElseThrow());
      if (!batch.isEmpty()) {
        handedOver = true;
        hand(batch);
      }
    } finally {
      if (!handedOver) {
        archiving.set(false);
      }
    }
  }

  private void hand(List<StoreFeed.Said> batch) {
    List<CompletableFuture<Void>> writes = new ArrayList<>();
    for (StoreFeed.Said said : batch) {
      for (ArchivedMessage message : provenance.of(said)) {
        writes.add(archive.add(message));
      }
    }
    long last = batch.get(batch.size() - 1).id();
    CompletableFuture.allOf(writes.toArray(CompletableFuture<?>[]::new))
        .whenComplete((done, failure) -> {
          if (failure == null) {
            archived = Optional.of(last);
            toMark = last;
            status.settled(PART, BACK);
          } else {
            trouble(failure);
          }
          archiving.set(false);
          if (failure == null && batch.size() == StoreFeed.BATCH) {
            wake.run();
          }
        });
  }

  /** Passes on the last news; what the store does not take any more is told at the next start. */
  @Override
  public void close() {
    try {
      news();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
