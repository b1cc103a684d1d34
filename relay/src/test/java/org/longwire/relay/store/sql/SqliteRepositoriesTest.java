package org.longwire.relay.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.Options;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.repository.NodeRegistry;
import org.longwire.relay.store.repository.ReadScope;

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
  class KeptNodes extends NodeRetentionContract {
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

    @Test
    void whatWasToldWhileTheRowsCouldNotBeReadIsNotKeptForEver() throws Exception {
      NodeRegistry nodes = backend.nodes();
      backend.store().write(tx -> tx.update("ALTER TABLE node RENAME TO elsewhere"));
      assertThrows(StoreException.class, () -> nodes.all(ReadScope.ANY));
      nodes.seen(node(1, "Alice", ""));
      backend.store().write(tx -> tx.update("ALTER TABLE elsewhere RENAME TO node"));
      nodes.flush();
      backend.store().write(tx -> tx.update("DELETE FROM node"));
      assertEquals(List.of(), nodes.all(ReadScope.ANY).value());
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
