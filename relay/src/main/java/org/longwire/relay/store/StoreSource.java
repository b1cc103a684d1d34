package org.longwire.relay.store;

import java.time.Duration;
import org.longwire.relay.config.DatabaseConfig.Kind;

/** A store that is written, as readers see it. */
record StoreSource(String name, WritableStore store) implements ReadSource {
  @Override
  public Kind kind() {
    return Kind.LONGWIRE;
  }

  @Override
  public Dialect dialect() {
    return store.dialect();
  }

  @Override
  public <T> T read(Work<T> work, Duration limit) throws StoreException {
    return store.read(work, limit);
  }
}
