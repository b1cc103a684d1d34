package org.longwire.relay;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.longwire.plugins.api.Plugin;
import org.longwire.plugins.host.HostParts;
import org.longwire.plugins.host.InsideCaller;
import org.longwire.plugins.host.InstalledPlugin;
import org.longwire.plugins.host.PluginHost;
import org.longwire.plugins.host.PluginPolicy;
import org.longwire.plugins.host.PluginThreads;
import org.longwire.plugins.host.Plugins;
import org.longwire.relay.bridge.AttachedRadio;
import org.longwire.relay.bridge.BridgedPlaces;
import org.longwire.relay.bridge.Commands;
import org.longwire.relay.bridge.NodeReadings;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.plugin.RelayServices;
import org.longwire.relay.queue.Courtesies;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.DatabaseManager;
import org.longwire.relay.store.MountTable;
import org.longwire.relay.store.Options;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.WritableStore;
import org.longwire.relay.store.sql.SqlRepositories;
import org.longwire.relay.store.sql.StoreMetrics;

/**
 * The plugins of a stepped relay. Each has its thread as in a daemon; but time stands still while
 * one of them works, and the watch looks when it is its turn.
 */
final class SteppedPlugins implements PluginThreads, AutoCloseable {
  private static final String WATCH = "plugin-host";

  /** Only a failing test waits so long. */
  private static final long PATIENCE_NANOS = 30_000_000_000L;

  /** What plugins keep and what was said, in memory and written at once. */
  final DatabaseManager store;

  private final HandClock clock;
  private final List<Throwable> bugs;
  private final PluginWorkers workers;
  private final Wiring wiring;
  private final RelayServices.Means means;
  private final PluginSide side;
  private final List<Step> watches = new ArrayList<>();
  private final List<PluginHost> others = new ArrayList<>();

  SteppedPlugins(
      TestWorld world,
      Wiring wiring,
      Map<RadioId, AttachedRadio> radios,
      Commands commands,
      Courtesies courtesies)
      throws StoreException {
    this.clock = world.clock;
    this.bugs = new CopyOnWriteArrayList<>();
    this.workers = new PluginWorkers(new Crew(), (role, bug) -> bugs.add(bug));
    this.wiring = wiring;
    this.store = memory(wiring.config(), world);
    this.means = wiring.services(
        radios, commands, courtesies, store, (address, hosts) -> world.web.get(address, hosts));
    this.side = PluginSide.start(
        new PluginSide.Means(
            wiring.config(), wiring.portals(), this::services, wiring.plugins(), this, world.clock),
        wiring.conditions());
    turn();
  }

  private static DatabaseManager memory(RelayConfig config, TestWorld world) throws StoreException {
    DatabaseManager store = DatabaseManager.open(
        new DatabaseManager.Setting(
            Database.MEMORY, world.directory, config.meshnetName(), MountTable.read()),
        config.database(),
        new SqlRepositories(
            world.clock, world.random, new StoreMetrics(world.clock, false), Optional.empty()),
        Options.ledger(),
        (name, source) -> Database.open(Database.MEMORY, Options.store()));
    store.sources().writable().forEach(WritableStore::unattended);
    return store;
  }

  /** Puts others in the place of those that are configured. */
  void become(Plugins plugins) {
    wiring.plugins().become(plugins);
  }

  /** The same with one plugin, run as in a daemon. */
  void become(String id, Plugin plugin) {
    PluginHost host = new PluginHost(
        List.of(InstalledPlugin.of(
            id, "1", "a test", PluginPolicy.standard(), InsideCaller.opening(() -> plugin))),
        new HostParts(
            wiring.conditions().clock(),
            clock,
            ZoneOffset.UTC,
            this,
            this::services,
            new BridgedPlaces(wiring.portals()),
            wiring.config().stateDirectory().resolve("others"),
            () -> {}));
    others.add(host);
    become(host);
    host.start();
    turn();
  }

  NodeReadings readings() {
    return wiring.readings();
  }

  /** What the relay does for a plugin. */
  RelayServices services(String plugin) {
    return new RelayServices(plugin, means, store.pluginData(plugin), wiring.conditions());
  }

  @Override
  public Running start(String role, Step step) {
    if (!role.equals(WATCH)) {
      return workers.start(role, step);
    }
    watches.add(step);
    return new Running() {
      @Override
      public void interrupt() {}

      @Override
      public void close() {
        watches.remove(step);
      }

      @Override
      public boolean hasEnded() {
        return true;
      }
    };
  }

  /** Looks at the time, and lets all of them do what they have to do. */
  void turn() {
    long end = System.nanoTime() + PATIENCE_NANOS;
    do {
      look();
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("a plugin does not come to rest: " + side.states());
      }
      Thread.onSpinWait();
    } while (!side.isIdle() || !others.stream().allMatch(PluginHost::isIdle));
    if (!bugs.isEmpty()) {
      throw new IllegalStateException("a bug in the host of the plugins", bugs.get(0));
    }
  }

  /** An interrupted thread looks, and does not wait for the next time. */
  private void look() {
    for (Step watch : watches) {
      Thread.currentThread().interrupt();
      try {
        watch.step();
      } catch (InterruptedException e) {
        // As it should be.
      } finally {
        Thread.interrupted();
      }
    }
  }

  @Override
  public void close() {
    others.forEach(PluginHost::close);
    side.close();
    store.close();
  }
}
