package org.longwire.relay.store;

import java.time.Duration;
import org.longwire.relay.config.DatabaseConfig.Kind;

/** A source as readers see it: there is nothing to write with. Its tables are those of its kind. */
public interface ReadSource {
  /** As the configuration calls it. */
  String name();

  /** Whose tables it has. */
  Kind kind();

  Dialect dialect();

  /**
   * Reads in one snapshot, on the caller's thread.
   *
   * @throws StoreException if it cannot be opened or read, or takes longer
   */
  <T> T read(Work<T> work, Duration limit) throws StoreException;
}
