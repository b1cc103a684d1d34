package org.longwire.relay.store.sql;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.Options;

/** The contracts on an SQLite file. */
class SqliteRepositoriesTest {
  @TempDir
  Path directory;

  private int databases;

  private Backend file() throws Exception {
    Path file = directory.resolve("store-" + databases++ + ".db");
    return new Backend(() -> Database.open(file, Options.store()));
  }

  @Nested
  class Map extends MessageMapContract {
    @Override
    Backend fresh() throws Exception {
      return file();
    }
  }

  @Nested
  class Archive extends MessageArchiveContract {
    @Override
    Backend fresh() throws Exception {
      return file();
    }
  }

  @Nested
  class Search extends SearchContract {
    @Override
    Backend fresh() throws Exception {
      return file();
    }
  }

  @Nested
  class Nodes extends NodeRegistryContract {
    @Override
    Backend fresh() throws Exception {
      return file();
    }
  }

  @Nested
  class Settings extends RoomSettingsContract {
    @Override
    Backend fresh() throws Exception {
      return file();
    }
  }

  @Nested
  class Seal extends StoreSealContract {
    @Override
    Backend fresh() throws Exception {
      return file();
    }
  }

  @Nested
  class Plugins extends PluginDataContract {
    @Override
    Backend fresh() throws Exception {
      return file();
    }
  }
}
