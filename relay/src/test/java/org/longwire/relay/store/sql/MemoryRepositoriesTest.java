package org.longwire.relay.store.sql;

import org.junit.jupiter.api.Nested;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.Options;

/** The contracts on a database in memory. */
class MemoryRepositoriesTest {
  private static Backend memory() throws Exception {
    return new Backend(() -> Database.open(Database.MEMORY, Options.store()), false);
  }

  @Nested
  class Map extends MessageMapContract {
    @Override
    Backend fresh() throws Exception {
      return memory();
    }
  }

  @Nested
  class Archive extends MessageArchiveContract {
    @Override
    Backend fresh() throws Exception {
      return memory();
    }
  }

  @Nested
  class Search extends SearchContract {
    @Override
    Backend fresh() throws Exception {
      return memory();
    }
  }

  @Nested
  class KeptNodes extends NodeRetentionContract {
    @Override
    Backend fresh() throws Exception {
      return memory();
    }
  }

  @Nested
  class Nodes extends NodeRegistryContract {
    @Override
    Backend fresh() throws Exception {
      return memory();
    }
  }

  @Nested
  class Settings extends RoomSettingsContract {
    @Override
    Backend fresh() throws Exception {
      return memory();
    }
  }

  @Nested
  class Seal extends StoreSealContract {
    @Override
    Backend fresh() throws Exception {
      return memory();
    }
  }

  @Nested
  class Plugins extends PluginDataContract {
    @Override
    Backend fresh() throws Exception {
      return memory();
    }
  }
}
