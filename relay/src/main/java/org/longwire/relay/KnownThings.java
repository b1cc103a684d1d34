package org.longwire.relay;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import org.longwire.relay.config.DatabaseConfig;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.store.ConfiguredOpener;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.DatabaseManager;
import org.longwire.relay.store.MariaDbStore;
import org.longwire.relay.store.MountTable;
import org.longwire.relay.store.Options;
import org.longwire.relay.store.Sources;
import org.longwire.relay.store.SqliteOpener;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.StoreOpener;
import org.longwire.relay.store.WritableStore;
import org.longwire.relay.store.sql.SqlRepositories;
import org.longwire.relay.store.sql.StoreMetrics;

/**
 * The store of a relay, opened beside a daemon that may be running: it is never replaced, repaired
 * or brought up to date, and nothing is in it that the caller does not write.
 */
public final class KnownThings {
  private KnownThings() {}

  /** @throws StoreException.Unusable if there is none yet */
  public static DatabaseManager open(RelayConfig config) throws StoreException {
    StateFiles state = new StateFiles(config.stateDirectory());
    MountTable mounts = MountTable.read();
    Options store = Options.store().withReaders(1);
    SqliteOpener files = new SqliteOpener(
        store, mounts, config.database().unsafeFileSystem(), config.stateDirectory());
    StoreOpener server =
        new ConfiguredOpener(files, config.database().server(), store, new SecureRandom());
    DatabaseManager manager = DatabaseManager.open(
        // Whoever asks on a terminal would rather wait than have half an answer.
        new DatabaseManager.Setting(
            Database.MEMORY, state.cache(), config.meshnetName(), mounts, Sources.LIMIT_ALONE),
        config.database(),
        new SqlRepositories(
            InstantSource.system(),
            new SecureRandom(),
            new StoreMetrics(System::nanoTime, false),
            Optional.empty()),
        Options.ledger(),
        (name, source) ->
            isOnServer(config, name) ? server.open(name, source) : existing(source, store));
    // No threads here: whoever writes does it.
    manager.sources().writable().forEach(WritableStore::unattended);
    return manager;
  }

  /**
   * One store, which the caller writes to himself, for as long as no daemon runs.
   *
   * @param where a name of the configuration, or the path of a file; it is made if it is not there
   */
  public static WritableStore store(RelayConfig config, String where) throws StoreException {
    Options options = Options.store().withReaders(1);
    DatabaseConfig.Source named = config.database().sources().get(where);
    if (named != null && named.readOnly()) {
      throw new StoreException.ReadOnly(
          "%s is read-only by the configuration; give the path of a copy of it".formatted(where));
    }
    Path file = file(config, where);
    WritableStore store = isOnServer(config, where)
        ? MariaDbStore.open(config.database().server().orElseThrow(), options, new SecureRandom())
        : Database.open(file, options);
    store.unattended();
    return store;
  }

  /** The same, but it must be there. */
  public static WritableStore existingStore(RelayConfig config, String where)
      throws StoreException {
    Path file = file(config, where);
    if (!isOnServer(config, where) && !Files.isRegularFile(file)) {
      throw new StoreException.Unusable(
          "there is no store at %s; name a source of the configuration, or a file".formatted(file));
    }
    return store(config, where);
  }

  /** The same, but nothing is made: where no store is yet, an empty one in memory. */
  public static WritableStore storeToLookAt(RelayConfig config, String where)
      throws StoreException {
    return isOnServer(config, where) || Files.exists(file(config, where))
        ? store(config, where)
        : Database.open(Database.MEMORY, Options.store());
  }

  private static Path file(RelayConfig config, String where) {
    return Optional.ofNullable(config.database().sources().get(where))
        .map(DatabaseConfig.Source::path)
        .orElseGet(() -> Path.of(where).toAbsolutePath());
  }

  private static boolean isOnServer(RelayConfig config, String name) {
    return name.equals(DatabaseConfig.PRIMARY) && config.database().server().isPresent();
  }

  private static Database existing(DatabaseConfig.Source source, Options options)
      throws StoreException {
    if (!Files.exists(source.path())) {
      throw new StoreException.Unusable(
          "there is no store at %s: has the daemon run yet, and is --state right?"
              .formatted(source.path()));
    }
    return Database.open(
        source.path(),
        options.withProfile(options.profile().withWriteAheadLog(source.writeAheadLog())));
  }
}
