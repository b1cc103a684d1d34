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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Supplier;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.queue.Conditions;
import org.longwire.relay.queue.Fate;
import org.longwire.relay.queue.FateWatcher;
import org.longwire.relay.queue.OutboxEntry;
import org.longwire.relay.queue.Seals;
import org.longwire.relay.queue.StoreFeed;
import org.longwire.relay.run.StatusBoard;
import org.longwire.relay.run.StatusBoard.Health;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.repository.LinkKey;
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

  /** Deliveries that wait to be told; more are found in the ledger. */
  static final int MAX_TOLD = 1_024;

  private final StoreFeed feed;
  private final Seals seals;
  private final MessageMap map;
  private final List<ArchiveTelling> archives;
  private final Provenance provenance;
  private final StatusBoard status;
  private final Supplier<Instant> now;
  private volatile Runnable wake = () -> {};

  private final Deque<Told> told = new ArrayDeque<>();

  /** Deliveries that the store was told of and that are not marked so on the disk. */
  private final Set<Long> known = ConcurrentHashMap.newKeySet();

  /** Those of them that it has taken. */
  private final ConcurrentLinkedQueue<Long> taken = new ConcurrentLinkedQueue<>();

  private final WritesUnderWay underWay = new WritesUnderWay("the deliveries");

  /** What it works with. */
  public record Means(
      StoreFeed feed,
      Seals seals,
      Stores stores,
      PortalTable portals,
      Map<RadioId, AttachedRadio> radios) {}

  /**
   * What is told.
   *
   * @param keeperOf the name of the store that a link's messages are written to
   */
  public record Stores(
      MessageMap map, MessageArchive archive, Function<LinkKey, String> keeperOf) {}

  private record Told(OutboxEntry entry, String remoteId, Instant at) {}

  /** @param meshnet the name of our mesh network */
  public Chronicle(Means means, String meshnet, StatusBoard status, Supplier<Instant> now) {
    this.feed = means.feed();
    this.seals = means.seals();
    this.map = means.stores().map();
    this.provenance = new Provenance(means.portals(), means.radios(), meshnet);
    this.archives = means.seals().stores().stream()
        .sorted()
        .map(store -> archive(store, means))
        .toList();
    this.status = status;
    this.now = now;
  }

  private ArchiveTelling archive(String store, Means means) {
    return new ArchiveTelling(
        store,
        feed,
        means.stores().archive(),
        said -> provenance.of(said).stream()
            .filter(message -> means.stores().keeperOf().apply(message.link()).equals(store))
            .toList(),
        () -> wake.run());
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
      for (ArchiveTelling archive : archives) {
        archive.more();
      }
    } catch (StoreException e) {
      status.tell(Conditions.STORE_PART, Health.FAILED, e.getMessage());
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
      status.tell(Conditions.STORE_PART, Health.FAILED, e.getMessage());
    }
  }

  /** Whether a store was seen to be at work since the start. */
  public boolean isThere(String store) {
    return seals.hasAnswered(store);
  }

  /** What a store has forgotten is told again from the beginning. */
  private boolean settleSeals() throws StoreException, InterruptedException {
    Set<String> forgetful = seals.settle();
    if (forgetful.isEmpty()) {
      return false;
    }
    known.clear();
    taken.clear();
    archives.stream()
        .filter(archive -> forgetful.contains(archive.store()))
        .forEach(ArchiveTelling::forget);
    return true;
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
    } while (found.full() && !underWay.isFull());
  }

  private void needsNoTelling(long id) {
    if (known.add(id)) {
      taken.add(id);
    }
  }

  private void map(StoreFeed.Delivered delivered) {
    long id = delivered.id();
    if (underWay.isFull() || known.contains(id)) {
      return;
    }
    Provenance.Judgement judgement = provenance.of(delivered);
    if (judgement.never()) {
      needsNoTelling(id);
    } else if (judgement.link().isPresent()) {
      known.add(id);
      underWay.follow(map.remember(judgement.link().get())).whenComplete((done, failure) -> {
        if (failure == null) {
          taken.add(id);
        } else {
          known.remove(id);
        }
      });
    }
  }

  private void mark() throws StoreException, InterruptedException {
    List<Long> ids = new ArrayList<>();
    for (Long id = taken.poll(); id != null; id = taken.poll()) {
      ids.add(id);
    }
    archives.forEach(ArchiveTelling::look);
    // What was taken may be lost already: a store says so before it takes anything else.
    if (settleSeals()) {
      return;
    }
    if (!ids.isEmpty()) {
      // Whatever comes of it: if it is not marked, it is found and told again.
      feed.mapped(ids).whenComplete((count, failure) -> known.removeAll(Set.copyOf(ids)));
    }
    for (ArchiveTelling archive : archives) {
      archive.mark();
    }
  }

  /** Passes on the last news; what the store does not take any more is told at the next start. */
  @Override
  public void close() {
    try {
      news();
      for (ArchiveTelling archive : archives) {
        archive.last();
      }
      seals.close(SEAL_LIMIT);
      underWay.sum();
      archives.forEach(ArchiveTelling::sum);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } catch (StoreException | RuntimeException e) {
      LOG.error("the last news did not reach the store", e);
    }
  }
}
