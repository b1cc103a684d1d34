package org.longwire.relay.store;

import org.longwire.relay.config.DatabaseConfig.Source;

/**
 * Opens stores as SQLite files, as their file systems allow.
 *
 * @param options of every store; what a source says of itself comes over them
 * @param unsafe whether files may be on a network's file system
 */
public record SqliteOpener(Options options, MountTable mounts, boolean unsafe)
    implements StoreOpener {
  @Override
  public WritableStore open(String name, Source source) throws StoreException {
    Profile wanted = options
        .profile()
        .withWriteAheadLog(source.writeAheadLog())
        .withBusyTimeout(source.busyTimeout());
    boolean inMemory = source.path().equals(Database.MEMORY);
    Profile fit = inMemory ? wanted : mounts.fit(source.path(), wanted, unsafe);
    return Database.open(
        source.path(), options.withProfile(fit).withReaders(source.readers()).withRecovering(true));
  }
}
