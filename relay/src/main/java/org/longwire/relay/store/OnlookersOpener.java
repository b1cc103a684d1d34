package org.longwire.relay.store;

import java.nio.file.Path;
import org.longwire.relay.config.DatabaseConfig.Source;

/**
 * Opens the files of stores beside a daemon that may be writing them, to look and not to touch.
 *
 * @param cache our own directory, for a copy of a file whose owner has died
 */
public record OnlookersOpener(Path cache, MountTable mounts) implements StoreOpener {
  @Override
  public WritableStore open(String name, Source source) throws StoreException {
    DatabaseReader.requireReadable(source.path(), Schema.STORE);
    return new LookedAtStore(name, source, means());
  }

  /** Looks whether a source that is only read would answer. */
  public void tryOut(String name, Source source) throws StoreException {
    try (ReadOnlySource tried = new ReadOnlySource(name, source, means())) {
      tried.read(tx -> tx.first("SELECT 1", row -> row.getInt(1)), Sources.LIMIT_ALONE);
    }
  }

  private ReadOnlySource.Means means() {
    return new ReadOnlySource.Means(Schema.STORE, cache, mounts, System::nanoTime);
  }
}
