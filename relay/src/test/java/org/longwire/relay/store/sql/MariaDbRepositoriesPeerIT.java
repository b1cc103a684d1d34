package org.longwire.relay.store.sql;

import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.longwire.relay.store.MariaDbServer;
import org.longwire.relay.store.MariaDbSettings;
import org.longwire.relay.store.MariaDbStore;
import org.longwire.relay.store.Options;

/** The contracts on a real MariaDB. */
class MariaDbRepositoriesPeerIT {
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

  static Backend database() throws Exception {
    MariaDbSettings settings = server.database();
    return new Backend(
        () -> MariaDbStore.open(settings, Options.store(), new Random(1), time -> {}));
  }

  @Nested
  class Map extends MessageMapContract {
    @Override
    Backend fresh() throws Exception {
      return database();
    }
  }

  @Nested
  class Archive extends MessageArchiveContract {
    @Override
    Backend fresh() throws Exception {
      return database();
    }
  }

  @Nested
  class Search extends SearchContract {
    @Override
    Backend fresh() throws Exception {
      return database();
    }
  }

  @Nested
  class KeptNodes extends NodeRetentionContract {
    @Override
    Backend fresh() throws Exception {
      return database();
    }
  }

  @Nested
  class Nodes extends NodeRegistryContract {
    @Override
    Backend fresh() throws Exception {
      return database();
    }
  }

  @Nested
  class Settings extends RoomSettingsContract {
    @Override
    Backend fresh() throws Exception {
      return database();
    }
  }

  @Nested
  class Seal extends StoreSealContract {
    @Override
    Backend fresh() throws Exception {
      return database();
    }
  }

  @Nested
  class Plugins extends PluginDataContract {
    @Override
    Backend fresh() throws Exception {
      return database();
    }
  }
}
