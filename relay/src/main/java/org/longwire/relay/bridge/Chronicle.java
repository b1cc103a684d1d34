package org.longwire.relay.bridge;

import java.time.Duration;
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
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.queue.Fate;
import org.longwire.relay.queue.FateWatcher;
import org.longwire.relay.queue.OutboxEntry;
import org.longwire.relay.queue.Seals;
import org.longwire.relay.queue.StoreFeed;
import org.longwire.relay.run.StatusBoard;
import org.longwire.relay.run.StatusBoard.Health;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.repository.MessageArchive;
import org.longwire.relay.store.repository.MessageMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the store what the ledger knows: which packet is which event, and what was said. A sender
 * only leaves word; the housekeeper's thread does the rest. What the store does not take now waits
 * in the ledger and is found there by the next {@link #round}, also after a restart.
 */
public final class Chronicle implements FateWatcher, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Chronicle.class);

  /** For the last words to a store; one that is away must not hold up the end. */
  private static final Duration SEAL_LIMIT = Duration.ofSeconds(1);

  /** Writes under way: a quarter of what the store's queue holds, so that no submit waits. */
  static final int MAX_UNDER_WAY = 256;

  /** Deliveries that wait to be told; more are found in the ledger. */
  static final int MAX_TOLD = 1_024;

  private final StoreFeed feed;
  private final Seals seals;
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
  private final AtomicLong refused = new AtomicLong();
  private final AtomicBoolean archiving = new AtomicBoolean();

  private final AtomicReference<Reached> reached = new AtomicReference<>(Reached.UNKNOWN);

  /** How much of that the ledger was told. */
  private long marked;

  /** The last message that was handed over, whatever became of it. */
  private long handed;

  /** What it works with. */
  public record Means(
      StoreFeed feed,
      Seals seals,
      MessageMap map,
      MessageArchive archive,
      PortalTable portals,
      Map<RadioId, AttachedRadio> radios) {}

  /** The last message that the archive has; another object whenever all was forgotten. */
  private record Reached(long message) {
    static final Reached UNKNOWN = new Reached(-1);
  }

  private record Told(OutboxEntry entry, String remoteId, Instant at) {}

  /** @param meshnet the name of our mesh network */
  public Chronicle(Means means, String meshnet, StatusBoard status, Supplier<Instant> now) {
    this.feed = means.feed();
    this.seals = means.seals();
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

  /** Has whoever calls {@link #news} do so soon. Any thread. */
  public void wake() {
    wake.run();
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
      settleSeals();
      mapTold();
      archiveMore();
    } catch (StoreException e) {
      status.tell("store", Health.FAILED, e.getMessage());
    }
  }

  /** Marks what the store has taken, and looks in the ledger for what it has not. */
  public void round() throws InterruptedException {
    try {
      seals.ask(() -> wake.run());
      news();
      mark();
      mapFound();
    } catch (StoreException e) {
      status.tell("store", Health.FAILED, e.getMessage());
    }
  }

  /** Whether a store was seen to be at work since the start. */
  public boolean isThere(String store) {
    return seals.hasAnswered(store);
  }

  /** What a store has forgotten is told again from the beginning. */
  private boolean settleSeals() throws StoreException, InterruptedException {
    boolean forgotten = seals.settle();
    if (forgotten) {
      handed = 0;
      known.clear();
      taken.clear();
      reached.set(Reached.UNKNOWN);
    }
    return forgotten;
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
    StoreFeed.Look<StoreFeed.Delivered> found;
    do {
      found = feed.delivered(after);
      found.rows().forEach(this::map);
      found.senseless().forEach(this::needsNoTelling);
      after = found.last();
    } while (found.full() && underWay.get() < MAX_UNDER_WAY);
  }

  private void needsNoTelling(long id) {
    if (known.add(id)) {
      taken.add(id);
    }
  }

  private void map(StoreFeed.Delivered delivered) {
    long id = delivered.id();
    if (underWay.get() >= MAX_UNDER_WAY || known.contains(id)) {
      return;
    }
    Provenance.Judgement judgement = provenance.of(delivered);
    if (judgement.never()) {
      needsNoTelling(id);
    } else if (judgement.link().isPresent()) {
      known.add(id);
      followed(map.remember(judgement.link().get())).whenComplete((done, failure) -> {
        if (failure == null) {
          taken.add(id);
        } else {
          known.remove(id);
        }
      });
    }
  }

  /** Follows a write that is under way. What the schema refuses, it will refuse for ever. */
  private CompletableFuture<Void> followed(CompletableFuture<Void> write) {
    underWay.incrementAndGet();
    return write
        .exceptionallyCompose(failure -> {
          Throwable cause = failure.getCause() == null ? failure : failure.getCause();
          if (failure instanceof StoreException.Constraint
              || cause instanceof StoreException.Constraint) {
            if (refused.getAndIncrement() == 0) {
              LOG.warn("the store refuses something of what it is told; the rest goes on", cause);
            }
            return CompletableFuture.completedFuture(null);
          }
          return CompletableFuture.failedFuture(failure);
        })
        .whenComplete((done, failure) -> underWay.decrementAndGet());
  }

  private void mark() throws StoreException, InterruptedException {
    List<Long> ids = new ArrayList<>();
    for (Long id = taken.poll(); id != null; id = taken.poll()) {
      ids.add(id);
    }
    long upTo = reached.get().message;
    // What was taken may be lost already: a store says so before it takes anything else.
    if (settleSeals()) {
      return;
    }
    if (!ids.isEmpty()) {
      // Whatever comes of it: if it is not marked, it is found and told again.
      feed.mapped(ids).whenComplete((count, failure) -> known.removeAll(Set.copyOf(ids)));
    }
    if (upTo > marked) {
      marked = upTo;
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
      if (reached.get() == Reached.UNKNOWN) {
        marked = feed.archived();
        reached.set(new Reached(marked));
      }
      Reached before = reached.get();
      StoreFeed.Look<StoreFeed.Said> batch = feed.said(before.message);
      if (!batch.isEmpty() && underWay.get() < MAX_UNDER_WAY) {
        handedOver = true;
        hand(batch, before);
      }
    } finally {
      if (!handedOver) {
        archiving.set(false);
      }
    }
  }

  /** Hands over as much of a batch as may be under way. */
  private void hand(StoreFeed.Look<StoreFeed.Said> batch, Reached before) {
    List<CompletableFuture<Void>> writes = new ArrayList<>();
    handed = before.message;
    boolean whole = true;
    for (StoreFeed.Said said : batch.rows()) {
      whole = underWay.get() < MAX_UNDER_WAY;
      if (!whole) {
        break;
      }
      provenance.of(said).forEach(message -> writes.add(followed(archive.add(message))));
      handed = said.id();
    }
    handed = whole ? batch.last() : handed;
    long last = handed;
    boolean more = !whole || batch.full();
    CompletableFuture.allOf(writes.toArray(CompletableFuture<?>[]::new))
        .whenComplete((done, failure) -> {
          if (failure == null) {
            // Unless all was forgotten meanwhile.
            reached.compareAndSet(before, new Reached(last));
          }
          archiving.set(false);
          if (failure == null && more) {
            wake.run();
          }
        });
  }

  /** Passes on the last news; what the store does not take any more is told at the next start. */
  @Override
  public void close() {
    try {
      news();
      handLast();
      seals.close(SEAL_LIMIT);
      if (refused.get() > 0) {
        LOG.warn("the store has refused {} of what it was told since the start", refused);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } catch (StoreException | RuntimeException e) {
      LOG.error("the last news did not reach the store", e);
    }
  }

  /**
   * What a batch under way keeps waiting; it is not marked, and so told again at the next start.
   */
  private void handLast() throws StoreException {
    for (StoreFeed.Said said :
        feed.said(Math.max(handed, reached.get().message)).rows()) {
      provenance.of(said).forEach(message -> followed(archive.add(message)));
    }
  }
}
