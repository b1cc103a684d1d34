package org.longwire.relay.store;

import org.longwire.relay.config.DatabaseConfig.Source;

/**
 * Opens the stores that are written; the one place that knows in what kind of database they live.
 */
@FunctionalInterface
public interface StoreOpener {
  /**
   * Opens one.
   *
   * @param name as the configuration calls it
   */
  WritableStore open(String name, Source source) throws StoreException;
}
