package org.longwire.relay.store.sql;

import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.longwire.relay.store.MariaDbServer;
import org.longwire.relay.store.MariaDbStore;
import org.longwire.relay.store.Options;
import org.longwire.relay.store.WritableStore;

/** Imports into a real MariaDB. */
class MariaDbImportPeerIT extends StoreImportContract {
  private static MariaDbServer server;

  @BeforeAll
  static void start() throws Exception {
    server = MariaDbServer.start();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  WritableStore target() throws Exception {
    WritableStore store =
        MariaDbStore.open(server.database(), Options.store(), new Random(1), time -> {});
    store.unattended();
    return store;
  }
}
