package org.longwire.relay.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.longwire.relay.config.DatabaseConfig;
import org.longwire.relay.run.Closer;
import org.longwire.relay.run.Duty;
import org.longwire.relay.store.repository.MessageArchive;
import org.longwire.relay.store.repository.MessageMap;
import org.longwire.relay.store.repository.NodeRegistry;
import org.longwire.relay.store.repository.PluginData;
import org.longwire.relay.store.repository.RoomSettings;
import org.longwire.relay.store.repository.StoreSeal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one owner of all data: the ledger, the stores that are written, the sources that are only
 * read, and the repositories over them. Starts no thread: somebody repeats each of {@link #duties}
 * on one of its own. Safe for use by many threads.
 */
public final class DatabaseManager implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseManager.class);
  private static final String WRITER = "store-writer";

  /** A third of the 30 s after which a service manager gets impatient. */
  static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  /** What each may have to close even if the others have used up everything. */
  private static final Duration LAST_LIMIT = Duration.ofSeconds(1);

  private final Database ledger;
  private final Map<String, WritableStore> stores;
  private final Map<String, ReadOnlySource> readOnly;
  private final Sources sources;
  private final RepositoryFactory factory;
  private final MessageMap messageMap;
  private final MessageArchive archive;
  private final NodeRegistry nodes;
  private final RoomSettings roomSettings;
  private final Map<String, PluginData> plugins = new ConcurrentHashMap<>();

  /**
   * Where things are.
   *
   * @param ledger its file, or {@link Database#MEMORY}
   * @param cache our own directory, for copies of files that others did not close
   * @param meshnet the name of our mesh network
   * @param limit what each source may take where several are asked
   */
  public record Setting(
      Path ledger, Path cache, String meshnet, MountTable mounts, Duration limit) {
    /** With the limit of a daemon, whom a slow disk must not hold up. */
    public Setting(Path ledger, Path cache, String meshnet, MountTable mounts) {
      this(ledger, cache, meshnet, mounts, Sources.LIMIT);
    }
  }

  private DatabaseManager(
      Database ledger,
      Map<String, WritableStore> stores,
      Map<String, ReadOnlySource> readOnly,
      Sources sources,
      RepositoryFactory factory) {
    this.ledger = ledger;
    this.stores = stores;
    this.readOnly = readOnly;
    this.sources = sources;
    this.factory = factory;
    this.messageMap = factory.messageMap(sources.main());
    this.archive = factory.archive(sources);
    this.nodes = factory.nodes(sources);
    this.roomSettings = factory.roomSettings(sources.main());
  }

  /**
   * Opens the ledger and the stores; a damaged store is put aside and replaced, a damaged ledger
   * refused unless the options say otherwise: what waits in it is nowhere else. Sources that are
   * only read are opened when they are first asked: one that is away is no reason not to start.
   *
   * @param ledgerOptions of the ledger, whose clock and readers' schema the sources share
   * @throws StoreException if the ledger cannot be opened, or a store cannot and waiting would not
   *     help; then nothing is left open
   */
  public static DatabaseManager open(
      Setting setting,
      DatabaseConfig config,
      RepositoryFactory factory,
      Options ledgerOptions,
      StoreOpener opener)
      throws StoreException {
    List<WritableStore> open = new ArrayList<>();
    try {
      Database ledger = openLedger(setting, config, ledgerOptions);
      open.add(ledger);
      Map<String, WritableStore> stores = new LinkedHashMap<>();
      Map<String, ReadOnlySource> readOnly = new LinkedHashMap<>();
      ReadOnlySource.Means means = new ReadOnlySource.Means(
          Schema.STORE, setting.cache(), setting.mounts(), ledgerOptions.nanoTime());
      for (Map.Entry<String, DatabaseConfig.Source> entry : config.sources().entrySet()) {
        String name = entry.getKey();
        if (entry.getValue().readOnly()) {
          readOnly.put(name, new ReadOnlySource(name, entry.getValue(), means));
        } else {
          WritableStore store = opener.open(name, entry.getValue());
          open.add(store);
          stores.put(name, store);
        }
      }
      Sources sources = new Sources(config, stores, readOnly, setting.meshnet(), setting.limit());
      return new DatabaseManager(ledger, stores, readOnly, sources, factory);
    } catch (StoreException | RuntimeException e) {
      open.forEach(WritableStore::close);
      throw e;
    }
  }

  private static Database openLedger(Setting setting, DatabaseConfig config, Options options)
      throws StoreException {
    Path file = setting.ledger();
    if (file.equals(Database.MEMORY)) {
      return Database.open(file, options);
    }
    DatabaseConfig.Source primary = config.sources().get(DatabaseConfig.PRIMARY);
    Profile wanted = options
        .profile()
        .withWriteAheadLog(primary.writeAheadLog())
        .withBusyTimeout(primary.busyTimeout());
    Profile fit = setting.mounts().fit(file, wanted, config.unsafeFileSystem());
    return Database.open(file, options.withProfile(fit));
  }

  /** What must never be lost; for the queue alone. */
  public Database ledger() {
    return ledger;
  }

  /** The stores and sources, for questions that no repository answers. */
  public Sources sources() {
    return sources;
  }

  public MessageMap messageMap() {
    return messageMap;
  }

  public MessageArchive archive() {
    return archive;
  }

  public NodeRegistry nodes() {
    return nodes;
  }

  public RoomSettings roomSettings() {
    return roomSettings;
  }

  /** The seals of all stores that are written, by name. */
  public Map<String, StoreSeal> seals() {
    Map<String, StoreSeal> seals = new LinkedHashMap<>();
    stores.forEach((name, store) -> seals.put(name, factory.seal(store)));
    return seals;
  }

  /** The data of one plugin; the same object for the same plugin. */
  public PluginData pluginData(String plugin) {
    return plugins.computeIfAbsent(plugin, id -> factory.pluginData(sources.main(), id));
  }

  /** What threads must repeat for anything to be written, under the names of those threads. */
  public Map<String, Duty> duties() {
    Map<String, Duty> duties = new LinkedHashMap<>();
    duties.put(WRITER, ledger.worker());
    stores.forEach(
        (name, store) -> store.duty().ifPresent(duty -> duties.put(WRITER + "-" + name, duty)));
    return duties;
  }

  /** How all connections were used since the start, the ledger's too. */
  public ConnectionUse connections() {
    ConnectionUse sum = ledger.connections();
    for (WritableStore store : stores.values()) {
      sum = sum.plus(store.connections());
    }
    for (ReadOnlySource source : readOnly.values()) {
      sum = sum.plus(source.connections());
    }
    return sum;
  }

  /** The worst state of the ledger and the stores. */
  public StoreState state() {
    StoreState worst = ledger.state();
    for (WritableStore store : stores.values()) {
      worst = worst.compareTo(store.state()) >= 0 ? worst : store.state();
    }
    return worst;
  }

  /**
   * Hands on what the repositories hold back, writes what waits, and closes: the sources, the
   * stores, the ledger. All of it has one limit, {@link #CLOSE_LIMIT}, half of it for what is held
   * back; each is closed whatever became of the others. The threads of {@link #duties} may have
   * ended or not. Idempotent.
   */
  @Override
  public void close() {
    long end = System.nanoTime() + CLOSE_LIMIT.toNanos();
    if (ledger.state().compareTo(StoreState.DRAINING) < 0) {
      stores.values().forEach(WritableStore::unattended);
      long flushed = end - CLOSE_LIMIT.toNanos() / 2;
      flush("the nodes", nodes::flush, flushed);
      plugins.forEach((id, data) -> flush("the data of the plugin " + id, data::flush, flushed));
    }
    try (Closer closer = new Closer()) {
      closer.own(() -> ledger.close(left(end)));
      stores.values().forEach(store -> closer.own(() -> store.close(left(end))));
      readOnly.values().forEach(closer::own);
    }
  }

  private static Duration left(long endNanos) {
    Duration left = Duration.ofNanos(endNanos - System.nanoTime());
    return left.compareTo(LAST_LIMIT) > 0 ? left : LAST_LIMIT;
  }

  /** What is durable on return, or fails. */
  private interface Flush {
    void run() throws StoreException;
  }

  private static void flush(String what, Flush flush, long endNanos) {
    if (System.nanoTime() - endNanos > 0) {
      LOG.error("{} could not be written at the end: there was no time left", what);
      return;
    }
    try {
      flush.run();
    } catch (StoreException | RuntimeException e) {
      LOG.error("{} could not be written at the end: {}", what, e.getMessage());
    }
  }
}
