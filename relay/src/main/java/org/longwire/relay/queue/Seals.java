package org.longwire.relay.queue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.Transaction;
import org.longwire.relay.store.repository.StoreSeal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the stores still hold what the ledger believes they were told. At an orderly end a store
 * and the ledger note the same number. A store without it at the next start was replaced, restored,
 * or cut off by a power failure, and the ledger has everything told again; what the store has
 * already is not changed by that. Used by one thread, but for {@link #lost}.
 */
public final class Seals {
  private static final Logger LOG = LoggerFactory.getLogger(Seals.class);

  private static final String SELECT = "SELECT number FROM seal WHERE store = ?";
  private static final String REMOVE = "DELETE FROM seal WHERE store = ?";
  private static final String KEEP = "INSERT INTO seal(store, number) VALUES (?, ?)"
      + " ON CONFLICT (store) DO UPDATE SET number = excluded.number";
  private static final String FORGET_ARCHIVED = "DELETE FROM progress WHERE name = ?";
  private static final String FORGET_MAPPED =
      "UPDATE outbox SET mapped = 0 WHERE state = 'DELIVERED' AND mapped = 1";

  /** What the ledger keeps in the place of a seal for a store that was emptied on purpose. */
  private static final long EMPTIED = -1;

  private static final String SKIP_ARCHIVED = """
      INSERT INTO progress(name, message) SELECT ?, coalesce(max(id), 0) FROM inbox WHERE true
      ON CONFLICT (name) DO UPDATE SET message = excluded.message
      """;
  private static final String SKIP_MAPPED =
      "UPDATE outbox SET mapped = 1 WHERE state = 'DELIVERED' AND mapped = 0";

  private final Database ledger;
  private final Map<String, StoreSeal> stores;

  /** Those who were asked and have not failed to answer. */
  private final Set<String> asked = ConcurrentHashMap.newKeySet();

  private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();

  /** Those who were lost and told again since: that their new file knows no seal is no news. */
  private final Set<String> renewed = ConcurrentHashMap.newKeySet();

  /** The present seals of the stores that have answered. */
  private final Map<String, Long> present = new ConcurrentHashMap<>();

  /** @param seal empty if the store was lost and must be asked again */
  private record Answer(String store, boolean known, Optional<Long> seal) {}

  /** @param stores those that are told, under their names */
  public Seals(Database ledger, Map<String, StoreSeal> stores) {
    this.ledger = ledger;
    this.stores = Map.copyOf(stores);
  }

  /**
   * Asks the stores that have not answered yet; does not wait for them.
   *
   * @param wake has {@link #settle} called; must not block
   */
  public void ask(Runnable wake) throws StoreException {
    for (Map.Entry<String, StoreSeal> entry : stores.entrySet()) {
      String name = entry.getKey();
      if (!asked.add(name)) {
        continue;
      }
      long before =
          ledger.read(tx -> tx.first(SELECT, row -> row.getLong(1), name)).orElse(StoreSeal.NONE);
      entry.getValue().exchange(before).whenComplete((answer, failure) -> {
        if (failure == null) {
          boolean known = renewed.remove(name) || before == EMPTIED || answer.known();
          answers.add(new Answer(name, known, Optional.of(answer.seal())));
          wake.run();
        } else {
          asked.remove(name);
        }
      });
    }
  }

  /** Another file has taken the place of a store's. Any thread. */
  public void lost(String store) {
    answers.add(new Answer(store, false, Optional.empty()));
  }

  /** Whether a store has answered. */
  public boolean hasAnswered(String store) {
    return present.containsKey(store);
  }

  /**
   * Stores were emptied on purpose, and are not told again what the ledger holds by now. To be
   * called while nobody tells them.
   *
   * @param main the one that knows which packet is which event
   */
  public static void emptied(Database ledger, Collection<String> stores, String main)
      throws StoreException, InterruptedException {
    ledger.write(tx -> {
      for (String store : stores) {
        tx.update(KEEP, store, EMPTIED);
        tx.update(SKIP_ARCHIVED, StoreFeed.progressOf(store));
      }
      return stores.contains(main) ? tx.update(SKIP_MAPPED) : 0;
    });
  }

  /** The names of the stores that are told. */
  public Set<String> stores() {
    return stores.keySet();
  }

  /**
   * Draws the consequences of what the stores have answered since.
   *
   * @return the stores that the ledger has forgotten what it told, so that they are told all of it
   *     again; with any of them all deliveries, too
   */
  public Set<String> settle() throws StoreException, InterruptedException {
    List<Answer> news = List.copyOf(answers);
    if (news.isEmpty()) {
      return Set.of();
    }
    Set<String> forgetful = news.stream()
        .filter(answer -> !answer.known)
        .map(Answer::store)
        .collect(Collectors.toUnmodifiableSet());
    int untold = ledger.write(tx -> {
      for (Answer answer : news) {
        tx.update(REMOVE, answer.store);
      }
      int taken = forgetful.isEmpty() ? 0 : tx.update(FORGET_MAPPED);
      for (String store : forgetful) {
        taken += tx.update(FORGET_ARCHIVED, StoreFeed.progressOf(store));
      }
      return taken;
    });
    for (Answer answer : news) {
      answers.remove();
      answer.seal.ifPresentOrElse(seal -> present.put(answer.store, seal), () -> {
        renewed.add(answer.store);
        present.remove(answer.store);
        asked.remove(answer.store);
      });
    }
    if (untold > 0) {
      LOG.warn("a store is not as it was left, and is told again what the ledger still knows");
    }
    return forgetful;
  }

  /**
   * Seals the stores at the end. A store that does not answer in time stays without a seal.
   *
   * @param limit how long the stores may take, and then the ledger
   */
  public void close(Duration limit) throws InterruptedException {
    Map<String, CompletableFuture<StoreSeal.Exchanged>> sealing = new HashMap<>();
    present.forEach((name, seal) -> sealing.put(name, stores.get(name).exchange(seal)));
    present.clear();
    await(sealing.values(), limit);
    Map<String, Long> sealed = new HashMap<>();
    sealing.forEach((name, future) -> {
      if (future.isDone() && !future.isCompletedExceptionally() && future.join().known()) {
        sealed.put(name, future.join().seal());
      }
    });
    if (!sealed.isEmpty()) {
      await(List.of(ledger.submit(tx -> keep(tx, sealed))), limit);
    }
  }

  private static int keep(Transaction tx, Map<String, Long> sealed) throws SQLException {
    for (Map.Entry<String, Long> one : sealed.entrySet()) {
      tx.update(KEEP, one.getKey(), one.getValue());
    }
    return sealed.size();
  }

  private static void await(Collection<? extends CompletableFuture<?>> futures, Duration limit)
      throws InterruptedException {
    try {
      CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new))
          .get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("a store is left without a seal: {}", e.toString());
    }
  }
}
