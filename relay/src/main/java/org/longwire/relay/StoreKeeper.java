package org.longwire.relay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.longwire.relay.bridge.Chronicle;
import org.longwire.relay.config.DatabaseConfig;
import org.longwire.relay.run.Care;
import org.longwire.relay.store.DatabaseManager;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.WritableStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the housekeeper does for the stores. A store is asked through its own thread first whether
 * it is there, so that no step waits for one that is away.
 */
final class StoreKeeper implements Care {
  /** Batches of rows that one round removes: the watchdog is fed between rounds. */
  static final int BATCHES = 10;

  private static final Logger LOG = LoggerFactory.getLogger(StoreKeeper.class);

  private final Chronicle chronicle;
  private final DatabaseManager manager;
  private final Keeping keeping;
  private final BooleanSupplier names;
  private Names toRead = Names.NOW;
  private Optional<Question> asked = Optional.empty();
  private Optional<Instant> tidying = Optional.empty();

  /** When the names of the nodes are to be read. */
  private enum Names {
    NOW,
    NEXT_ROUND,
    NEVER
  }

  /** @param there done when all stores have answered, with a failure if one has not */
  private record Question(Instant now, CompletableFuture<Void> there) {}

  /**
   * What is kept how long.
   *
   * @param started since when the daemon runs
   */
  record Keeping(DatabaseConfig.Retention retention, Instant started) {
    /**
     * The map may be forgotten at each start; here, and not there, where it would be waited for.
     */
    Instant mapFrom(Instant now) {
      Instant old = now.minus(retention.map());
      return retention.wipesMapOnRestart() && old.isBefore(started) ? started : old;
    }

    Instant messagesFrom(Instant now) {
      return now.minus(retention.messages());
    }
  }

  /**
   * @param names reads the names of the nodes and says whether it could; asked when the main store
   *     has answered, and then once a round until it could
   */
  StoreKeeper(
      Chronicle chronicle, DatabaseManager manager, Keeping keeping, BooleanSupplier names) {
    this.chronicle = chronicle;
    this.manager = manager;
    this.keeping = keeping;
    this.names = names;
  }

  @Override
  public void news() throws InterruptedException {
    chronicle.news();
    if (toRead == Names.NOW && chronicle.isThere(manager.sources().mainName())) {
      toRead = names.getAsBoolean() ? Names.NEVER : Names.NEXT_ROUND;
    }
    if (asked.isPresent() && asked.get().there.isDone()) {
      Question answered = asked.get();
      asked = Optional.empty();
      if (!answered.there.isCompletedExceptionally()) {
        tidying = Optional.of(answered.now);
        tidySome();
      }
    }
  }

  @Override
  public void round() throws InterruptedException {
    chronicle.round();
    if (toRead == Names.NEXT_ROUND) {
      toRead = Names.NOW;
    }
    tidySome();
  }

  @Override
  public void tidy(Instant now) throws InterruptedException {
    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    for (WritableStore store : manager.sources().writable()) {
      answers.add(store.submit(tx -> 0));
    }
    CompletableFuture<Void> all =
        CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new));
    asked = Optional.of(new Question(now, all));
    all.thenRun(chronicle::wake);
  }

  private void tidySome() {
    if (tidying.isPresent() && !hasMoreAfter(tidying.get())) {
      tidying = Optional.empty();
    }
  }

  /** Removes some batches; false if nothing is left to remove, or if that failed. */
  private boolean hasMoreAfter(Instant now) {
    try {
      for (int batch = 0; batch < BATCHES; batch++) {
        int removed =
            manager.messageMap().trim(keeping.mapFrom(now), keeping.retention.mapEntries())
                + manager.archive().expire(keeping.messagesFrom(now));
        if (removed == 0) {
          return false;
        }
      }
      return true;
    } catch (StoreException e) {
      // The status board knows it from the store itself.
      LOG.debug("nothing is tidied: {}", e.getMessage());
      return false;
    }
  }
}
