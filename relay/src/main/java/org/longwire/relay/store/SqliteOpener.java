package org.longwire.relay.store;

import java.io.IOException;
import java.nio.file.Path;
import org.longwire.relay.config.DatabaseConfig.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens stores as SQLite files, as their file systems allow.
 *
 * @param options of every store; what a source says of itself comes over them
 * @param unsafe whether files may be on a network's file system
 * @param home our own folder; elsewhere no folder is made, because its disk may be missing
 */
public record SqliteOpener(Options options, MountTable mounts, boolean unsafe, Path home)
    implements StoreOpener {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteOpener.class);

  @Override
  public WritableStore open(String name, Source source) throws StoreException {
    Profile wanted = options
        .profile()
        .withWriteAheadLog(source.writeAheadLog())
        .withBusyTimeout(source.busyTimeout());
    boolean inMemory = source.path().equals(Database.MEMORY);
    Profile fit = inMemory ? wanted : mounts.fit(source.path(), wanted, unsafe);
    if (!inMemory) {
      makeFolder(source.path().toAbsolutePath().getParent());
    }
    return Database.openOrLater(
        source.path(), options.withProfile(fit).withReaders(source.readers()).withRecovering(true));
  }

  private void makeFolder(Path folder) {
    if (folder.startsWith(home.toAbsolutePath())) {
      try {
        FileModes.createDirectory(folder);
      } catch (IOException e) {
        LOG.warn("the folder {} cannot be made: {}", folder, e.toString());
      }
    }
  }
}
