package org.longwire.relay.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.relay.config.DatabaseConfig.Keeping;

/** What is kept beyond the end of the process, and what is not. */
class KeepingTest {
  @TempDir
  Path folder;

  private ConfigLoader.Loaded load(String database, Keeping keeping) {
    Path file = ConfigText.write(folder, "@all\n" + database + "\n");
    return ConfigLoader.load(new ConfigLoader.Sources(
        Optional.of(file), Map.of(), List.of(), Optional.of(folder), keeping));
  }

  @Test
  void inMemoryAllThatIsWrittenIsThere() {
    String others = """
        database.sources {
          hikers { path = "hikers.db" }
          old { path = "/srv/old.db", readonly = true }
        }""";
    DatabaseConfig config =
        load(others, Keeping.IN_MEMORY).config().orElseThrow().database();
    assertTrue(config.isInMemory());
    assertEquals(DatabaseConfig.MEMORY, config.sources().get("primary").path());
    assertEquals(DatabaseConfig.MEMORY, config.sources().get("hikers").path());
    assertEquals(Path.of("/srv/old.db"), config.sources().get("old").path());
    assertFalse(load(others, Keeping.ON_DISK).config().orElseThrow().database().isInMemory());
  }

  @Test
  void inMemoryAServerIsNotWrittenToEither() {
    String server = """
        database { type = mysql, host = "db", name = longwire, user = longwire,
          allow-empty-password = true }""";
    DatabaseConfig config =
        load(server, Keeping.IN_MEMORY).config().orElseThrow().database();
    assertEquals(Optional.empty(), config.server());
    assertTrue(config.isInMemory());
  }

  @Test
  void thePathThatSaysSoIsGoodForThatAlone() {
    String path = "database.path = \":memory:\"";
    assertTrue(load(path, Keeping.IN_MEMORY).config().isPresent());
    assertTrue(load(path, Keeping.ON_DISK).config().isEmpty());
  }

  @Test
  void wipingTheMapOfASharedServerIsWarnedOf() {
    String shared = """
        database { type = mysql, host = "db", name = longwire, user = longwire,
          allow-empty-password = true, retention.wipe-map-on-restart = true }""";
    ConfigLoader.Loaded loaded = load(shared, Keeping.ON_DISK);
    assertTrue(loaded.config().orElseThrow().database().retention().wipesMapOnRestart());
    assertTrue(
        loaded.problems().render(false).contains("every relay that shares the server"),
        () -> loaded.problems().render(false));
  }
}
