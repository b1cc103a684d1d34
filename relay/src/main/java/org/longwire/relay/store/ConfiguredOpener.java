package org.longwire.relay.store;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.longwire.relay.config.DatabaseConfig;
import org.longwire.relay.config.DatabaseServer;

/**
 * Opens the primary store where the configuration says, and all others as files. Nothing of the
 * server's driver is loaded unless there is a server.
 *
 * @param options of a store on the server
 * @param jitter spreads the retries of several relays that met in a deadlock
 */
public record ConfiguredOpener(
    SqliteOpener files, Optional<DatabaseServer> server, Options options, RandomGenerator jitter)
    implements StoreOpener {
  @Override
  public WritableStore open(String name, DatabaseConfig.Source source) throws StoreException {
    return server.isPresent() && name.equals(DatabaseConfig.PRIMARY)
        ? MariaDbStore.open(server.get(), options, jitter)
        : files.open(name, source);
  }
}
