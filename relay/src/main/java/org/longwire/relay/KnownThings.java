package org.longwire.relay;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import org.longwire.relay.config.DatabaseConfig;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.DatabaseManager;
import org.longwire.relay.store.DatabaseReader;
import org.longwire.relay.store.MariaDbStore;
import org.longwire.relay.store.MountTable;
import org.longwire.relay.store.OnlookersOpener;
import org.longwire.relay.store.Options;
import org.longwire.relay.store.Profile;
import org.longwire.relay.store.Schema;
import org.longwire.relay.store.Sources;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.StoreOpener;
import org.longwire.relay.store.WritableStore;
import org.longwire.relay.store.sql.SqlRepositories;
import org.longwire.relay.store.sql.StoreMetrics;

/**
 * The stores of a relay, for commands. Those that only look do so beside a daemon that may be
 * running; those that write are for when none is.
 */
public final class KnownThings {
  private KnownThings() {}

  /**
   * Everything, to be looked at: no file is changed, nor brought up to date, nor anything left
   * beside it.
   *
   * @throws StoreException.Missing if there is no store yet
   */
  public static DatabaseManager open(RelayConfig config) throws StoreException {
    return open(
        config,
        (name, source) ->
            isOnServer(config, name) ? lookAtServer(config) : onlooker(config).open(name, source));
  }

  /** How files are opened beside a daemon. */
  public static OnlookersOpener onlooker(RelayConfig config) {
    return new OnlookersOpener(cache(config), MountTable.read());
  }

  /** Not the daemon's own: two writers would spoil each other's copies. */
  private static Path cache(RelayConfig config) {
    return new StateFiles(config.stateDirectory()).cache().resolve("command");
  }

  /**
   * The same, to be written to, as long as no daemon runs; no store is made.
   *
   * @throws StoreException.Missing if there is none yet
   */
  public static DatabaseManager openToWrite(RelayConfig config) throws StoreException {
    return open(config, (name, source) -> {
      if (isOnServer(config, name)) {
        return onServer(config);
      }
      DatabaseReader.requireReadable(source.path(), Schema.STORE);
      return onFile(config, source);
    });
  }

  private static DatabaseManager open(RelayConfig config, StoreOpener stores)
      throws StoreException {
    DatabaseManager manager = DatabaseManager.open(
        // Whoever asks on a terminal would rather wait than have half an answer.
        new DatabaseManager.Setting(
            Database.MEMORY,
            cache(config),
            config.meshnetName(),
            MountTable.read(),
            Sources.LIMIT_ALONE),
        config.database(),
        new SqlRepositories(
            InstantSource.system(),
            new SecureRandom(),
            new StoreMetrics(System::nanoTime, false),
            Optional.empty()),
        Options.ledger(),
        stores);
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
    WritableStore store = isOnServer(config, where)
        ? onServer(config)
        : onFile(config, requireWritable(config, where));
    store.unattended();
    return store;
  }

  private static DatabaseConfig.Source requireWritable(RelayConfig config, String where)
      throws StoreException {
    DatabaseConfig.Source source = source(config, where);
    if (source.readOnly()) {
      throw new StoreException.ReadOnly(
          "%s is read-only by the configuration; give the path of a copy of it".formatted(where));
    }
    return source;
  }

  /** The same, but it must be there. */
  public static WritableStore existingStore(RelayConfig config, String where)
      throws StoreException {
    if (!isOnServer(config, where)) {
      DatabaseReader.requireReadable(file(config, where), Schema.STORE);
    }
    return store(config, where);
  }

  /**
   * The same, to be looked at: nothing is made, brought up to date or written; where no store is
   * yet, an empty one in memory.
   */
  public static WritableStore storeToLookAt(RelayConfig config, String where)
      throws StoreException {
    if (isOnServer(config, where)) {
      return lookAtServer(config);
    }
    DatabaseConfig.Source source = requireWritable(config, where);
    return Files.exists(source.path())
        ? onlooker(config).open(source.path().getFileName().toString(), source)
        : Database.open(Database.MEMORY, Options.store());
  }

  /** The file of a store that is none on a server; it need not be there. */
  public static Path file(RelayConfig config, String where) {
    return source(config, where).path();
  }

  private static DatabaseConfig.Source source(RelayConfig config, String where) {
    DatabaseConfig.Source named = config.database().sources().get(where);
    return named != null
        ? named
        : new DatabaseConfig.Source(
            Path.of(where).toAbsolutePath(),
            false,
            DatabaseConfig.Kind.LONGWIRE,
            false,
            Profile.STORE.writeAheadLog(),
            Profile.STORE.busyTimeout(),
            1);
  }

  public static boolean isOnServer(RelayConfig config, String name) {
    return name.equals(DatabaseConfig.PRIMARY) && config.database().server().isPresent();
  }

  private static WritableStore lookAtServer(RelayConfig config) {
    return MariaDbStore.lookAt(config.database().server().orElseThrow(), Options.store());
  }

  private static WritableStore onServer(RelayConfig config) {
    return MariaDbStore.open(
        config.database().server().orElseThrow(), Options.store(), new SecureRandom());
  }

  private static WritableStore onFile(RelayConfig config, DatabaseConfig.Source source)
      throws StoreException {
    Options options = Options.store().withReaders(1);
    Profile wanted = options
        .profile()
        .withWriteAheadLog(source.writeAheadLog())
        .withBusyTimeout(source.busyTimeout());
    Profile fit =
        MountTable.read().fit(source.path(), wanted, config.database().unsafeFileSystem());
    return Database.open(source.path(), options.withProfile(fit));
  }
}
