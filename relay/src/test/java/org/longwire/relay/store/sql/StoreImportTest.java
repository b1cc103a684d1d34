package org.longwire.relay.store.sql;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.Options;
import org.longwire.relay.store.WritableStore;

/** Imports into a file. */
class StoreImportTest extends StoreImportContract {
  @TempDir
  Path folder;

  @Override
  WritableStore target() throws Exception {
    WritableStore store = Database.open(folder.resolve("target.db"), Options.store());
    store.unattended();
    return store;
  }
}
