package org.longwire.relay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.longwire.relay.bridge.Chronicle;
import org.longwire.relay.config.DatabaseConfig;
import org.longwire.relay.store.DatabaseManager;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.WritableStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the housekeeper does for the stores. A store is asked through its own thread first whether
 * it is there, so that no step waits for one that is away.
 */
final class StoreKeeper implements Housekeeper.StoreCare {
  /** Batches of rows that one round removes: the watchdog is fed between rounds. */
  static final int BATCHES = 10;

  private static final Logger LOG = LoggerFactory.getLogger(StoreKeeper.class);

  private final Chronicle chronicle;
  private final DatabaseManager manager;
  private final DatabaseConfig.Retention retention;
  private final BooleanSupplier names;
  private boolean named;
  private Optional<Tidying> tidying = Optional.empty();

  /** @param there done when all stores have answered, with a failure if one has not */
  private record Tidying(Instant now, CompletableFuture<Void> there) {}

  /** @param names reads the names of the nodes from a store that is there; false if it failed */
  StoreKeeper(
      Chronicle chronicle,
      DatabaseManager manager,
      DatabaseConfig.Retention retention,
      BooleanSupplier names) {
    this.chronicle = chronicle;
    this.manager = manager;
    this.retention = retention;
    this.names = names;
  }

  @Override
  public void news() throws InterruptedException {
    chronicle.news();
    if (!named && chronicle.isThere(manager.sources().mainName())) {
      named = names.getAsBoolean();
    }
  }

  @Override
  public void round() throws InterruptedException {
    chronicle.round();
    if (tidying.isPresent() && tidying.get().there.isDone()) {
      boolean more = !tidying.get().there.isCompletedExceptionally() && tidySome();
      tidying = tidying.filter(begun -> more);
    }
  }

  @Override
  public void tidy(Instant now) throws InterruptedException {
    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    for (WritableStore store : manager.sources().writable()) {
      answers.add(store.submit(tx -> 0));
    }
    tidying = Optional.of(
        new Tidying(now, CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))));
  }

  /** @return whether there may be more */
  private boolean tidySome() {
    Instant now = tidying.orElseThrow().now;
    try {
      for (int batch = 0; batch < BATCHES; batch++) {
        int removed = manager.messageMap().trim(now.minus(retention.map()), retention.mapEntries())
            + manager.archive().expire(now.minus(retention.messages()));
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
