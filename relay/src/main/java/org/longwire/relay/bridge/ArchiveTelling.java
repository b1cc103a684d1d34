package org.longwire.relay.bridge;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.longwire.relay.queue.StoreFeed;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.repository.ArchivedMessage;
import org.longwire.relay.store.repository.MessageArchive;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one store what was said over its links, in the order of the ledger. Each store has its own
 * mark there, so that one that is away keeps nothing from the others. Used by one thread; the store
 * answers on its own.
 */
final class ArchiveTelling {
  private static final Logger LOG = LoggerFactory.getLogger(ArchiveTelling.class);

  private final String store;
  private final StoreFeed feed;
  private final MessageArchive archive;
  private final Function<StoreFeed.Said, List<ArchivedMessage>> messages;
  private final Runnable wake;

  private final WritesUnderWay underWay;
  private final AtomicBoolean archiving = new AtomicBoolean();
  private final AtomicReference<Reached> reached = new AtomicReference<>(Reached.UNKNOWN);

  /** What was reached when it was last looked at, and how much of that the ledger was told. */
  private long seen;

  private long marked;

  /** The last message that was handed over, whatever became of it. */
  private long handed;

  /** The last message that the archive has; another object whenever all was forgotten. */
  private record Reached(long message) {
    static final Reached UNKNOWN = new Reached(-1);
  }

  /**
   * @param messages what this store keeps of a message; one that it calls an illegal argument is
   *     passed over
   * @param wake has {@link #more} called; must not block
   */
  ArchiveTelling(
      String store,
      StoreFeed feed,
      MessageArchive archive,
      Function<StoreFeed.Said, List<ArchivedMessage>> messages,
      Runnable wake) {
    this.store = store;
    this.feed = feed;
    this.archive = archive;
    this.messages = messages;
    this.wake = wake;
    this.underWay = new WritesUnderWay("the messages for " + store);
  }

  String store() {
    return store;
  }

  /** The ledger has taken the store's mark back. */
  void forget() {
    handed = 0;
    seen = 0;
    reached.set(Reached.UNKNOWN);
  }

  /** Remembers how far the store is, for {@link #mark}. */
  void look() {
    seen = reached.get().message;
  }

  /** Tells the ledger what {@link #look} has found. */
  void mark() throws InterruptedException {
    if (seen > marked) {
      marked = seen;
      feed.archived(store, seen);
    }
  }

  /** Hands over one batch at a time, so that what is known to be archived has no holes. */
  void more() throws StoreException {
    if (!archiving.compareAndSet(false, true)) {
      return;
    }
    boolean handedOver = false;
    try {
      if (reached.get() == Reached.UNKNOWN) {
        marked = feed.archived(store);
        reached.set(new Reached(marked));
      }
      Reached before = reached.get();
      StoreFeed.Look<StoreFeed.Said> batch = feed.said(before.message);
      if (!batch.isEmpty() && !underWay.isFull()) {
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
      whole = !underWay.isFull();
      if (!whole) {
        break;
      }
      kept(said).forEach(message -> writes.add(underWay.follow(archive.add(message))));
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

  private List<ArchivedMessage> kept(StoreFeed.Said said) {
    try {
      return messages.apply(said);
    } catch (IllegalArgumentException e) {
      LOG.warn("message {} is not archived: {}", said.id(), e.getMessage());
      return List.of();
    }
  }

  /**
   * What a batch under way keeps waiting; it is not marked, and so told again at the next start.
   */
  void last() throws StoreException {
    for (StoreFeed.Said said :
        feed.said(Math.max(handed, reached.get().message)).rows()) {
      kept(said).forEach(message -> underWay.follow(archive.add(message)));
    }
  }

  /** Says at the end how much the store has refused. */
  void sum() {
    underWay.sum();
  }
}
