package org.longwire.relay;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.longwire.relay.bridge.AttachedRadio;
import org.longwire.relay.bridge.Chronicle;
import org.longwire.relay.bridge.NodeDirectory;
import org.longwire.relay.bridge.PortalTable;
import org.longwire.relay.bridge.RegisteredNodes;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.queue.Seals;
import org.longwire.relay.queue.StoreFeed;
import org.longwire.relay.run.Care;
import org.longwire.relay.run.StatusBoard;
import org.longwire.relay.store.ConfiguredOpener;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.DatabaseManager;
import org.longwire.relay.store.MountTable;
import org.longwire.relay.store.Options;
import org.longwire.relay.store.SqliteOpener;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.StoreOpener;
import org.longwire.relay.store.sql.SqlRepositories;
import org.longwire.relay.store.sql.StoreMetrics;

/** The databases of a daemon, and those who tell them and look after them. */
final class Storage implements AutoCloseable {
  private final RelayConfig config;
  private final Surroundings world;
  private final StatusBoard status;
  private final DatabaseManager manager;
  private final Seals seals;
  private final Instant started;

  private volatile Consumer<String> onReplaced = store -> {};

  private Storage(RelayConfig config, Surroundings world, StatusBoard status)
      throws StoreException {
    this.config = config;
    this.world = world;
    this.status = status;
    this.started = world.clock().instant();
    this.manager = openManager();
    this.seals = new Seals(manager.ledger(), manager.seals());
    this.onReplaced = seals::lost;
  }

  static Storage open(RelayConfig config, Surroundings world, StatusBoard status)
      throws StoreException {
    return new Storage(config, world, status);
  }

  private DatabaseManager openManager() throws StoreException {
    StateFiles state = new StateFiles(config.stateDirectory());
    Path ledgerFile = config.database().isInMemory() ? Database.MEMORY : state.ledger();
    MountTable mounts = MountTable.read();
    Options ledger = Options.ledger()
        .withNanoTime(world.nanoTime())
        .withClock(world.clock())
        .withObserver(new StoreHealth(status, world.commits()));
    return DatabaseManager.open(
        new DatabaseManager.Setting(ledgerFile, state.cache(), config.meshnetName(), mounts),
        config.database(),
        new SqlRepositories(
            world.clock(),
            world.random(),
            new StoreMetrics(world.nanoTime(), config.log().storeSummary()),
            presence(config.nodes())),
        ledger,
        (name, source) -> opener(name, mounts).open(name, source));
  }

  private StoreOpener opener(String name, MountTable mounts) {
    Options store = Options.store()
        .withNanoTime(world.nanoTime())
        .withClock(world.clock())
        .withObserver(new StoreWatch(status, name, world.clock(), () -> onReplaced.accept(name)));
    return new ConfiguredOpener(
        new SqliteOpener(
            store, mounts, config.database().unsafeFileSystem(), config.stateDirectory()),
        config.database().server(),
        store,
        world.random());
  }

  /** After how long without a sign of a node its next one is a coming. */
  private static Optional<Duration> presence(RelayConfig.Nodes nodes) {
    return Optional.of(nodes.onlineWindow()).filter(window -> nodes.presenceEvents());
  }

  DatabaseManager manager() {
    return manager;
  }

  /** Who tells the stores what the ledger knows. */
  Chronicle chronicle(PortalTable portals, Map<RadioId, AttachedRadio> radios) {
    return new Chronicle(
        new Chronicle.Means(
            new StoreFeed(manager.ledger()),
            seals,
            new Chronicle.Stores(
                manager.messageMap(), manager.archive(), manager.sources()::nameFor),
            portals,
            radios),
        config.meshnetName(),
        status,
        world.clock()::instant);
  }

  /** Who tells the store of nodes. */
  RegisteredNodes nodes() {
    return new RegisteredNodes(manager.nodes(), config.meshnetName(), world.clock());
  }

  /** What the housekeeper does for the stores. */
  Care keeper(Chronicle chronicle, RegisteredNodes nodes, List<NodeDirectory> directories) {
    return new StoreKeeper(
        chronicle,
        manager,
        new StoreKeeper.Keeping(config.database().retention(), started),
        () -> nodes.fill(directories));
  }

  @Override
  public void close() {
    manager.close();
  }
}
