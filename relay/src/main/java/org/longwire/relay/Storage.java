package org.longwire.relay;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.longwire.relay.bridge.Chronicle;
import org.longwire.relay.config.DatabaseConfig;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.run.StatusBoard;
import org.longwire.relay.run.StatusBoard.Health;
import org.longwire.relay.store.CommitObserver;
import org.longwire.relay.store.ConfiguredOpener;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.DatabaseManager;
import org.longwire.relay.store.MountTable;
import org.longwire.relay.store.Options;
import org.longwire.relay.store.SqliteOpener;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.sql.SqlRepositories;
import org.longwire.relay.store.sql.StoreMetrics;

/** The databases of a daemon, and what its housekeeper does for them. */
final class Storage {
  private Storage() {}

  static DatabaseManager open(RelayConfig config, Surroundings world, StatusBoard status)
      throws StoreException {
    StateFiles state = new StateFiles(config.stateDirectory());
    Path ledgerFile = config.database().isInMemory() ? Database.MEMORY : state.ledger();
    MountTable mounts = MountTable.read();
    Options ledger = Options.ledger()
        .withNanoTime(world.nanoTime())
        .withClock(world.clock())
        .withObserver(new StoreHealth(status, world.commits()));
    Options store = Options.store()
        .withNanoTime(world.nanoTime())
        .withClock(world.clock())
        .withObserver(new Outage(status));
    return DatabaseManager.open(
        new DatabaseManager.Setting(ledgerFile, state.cache(), config.meshnetName(), mounts),
        config.database(),
        new SqlRepositories(
            world.clock(),
            world.random(),
            new StoreMetrics(world.nanoTime(), config.log().storeSummary()),
            presence(config.nodes())),
        ledger,
        new ConfiguredOpener(
            new SqliteOpener(store, mounts, config.database().unsafeFileSystem()),
            config.database().server(),
            store,
            world.random()));
  }

  /** Says that a store is away, though no write has failed yet, and takes it back. */
  private static final class Outage implements CommitObserver {
    private final StatusBoard status;
    private final AtomicBoolean told = new AtomicBoolean();

    Outage(StatusBoard status) {
      this.status = status;
    }

    @Override
    public void beforeCommit() {
      // Nothing to say.
    }

    @Override
    public void afterCommit() {
      if (told.getAndSet(false)) {
        status.settled(Chronicle.PART, Chronicle.BACK);
      }
    }

    @Override
    public void locked(Duration since, String obstacle) {
      told.set(true);
      status.tell(Chronicle.PART, Health.WAITING, Chronicle.away(obstacle));
    }
  }

  /** After how long without a sign of a node its next one is a coming. */
  private static Optional<Duration> presence(RelayConfig.Nodes nodes) {
    return Optional.of(nodes.onlineWindow()).filter(window -> nodes.presenceEvents());
  }

  /**
   * What the housekeeper does.
   *
   * @param started since when the daemon runs
   */
  record Care(
      Chronicle chronicle,
      DatabaseManager manager,
      DatabaseConfig.Retention retention,
      StatusBoard status,
      Instant started)
      implements Housekeeper.StoreCare {
    @Override
    public void news() throws InterruptedException {
      chronicle.news();
    }

    @Override
    public void round() throws InterruptedException {
      chronicle.round();
    }

    @Override
    public void tidy(Instant now) {
      try {
        Instant old = now.minus(retention.map());
        // Here and not at the start, which would wait for a store that is away.
        Instant mapFrom = retention.wipesMapOnRestart() && old.isBefore(started) ? started : old;
        manager.messageMap().trim(mapFrom, retention.mapEntries());
        while (manager.archive().expire(now.minus(retention.messages())) > 0) {
          continue;
        }
      } catch (StoreException e) {
        if (!Thread.currentThread().isInterrupted()) {
          status.tell(
              Chronicle.PART, Health.WAITING, Chronicle.away(String.valueOf(e.getMessage())));
        }
      }
    }
  }
}
