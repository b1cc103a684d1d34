package org.longwire.relay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.relay.config.DatabaseConfig;
import org.longwire.relay.config.DatabaseConfig.Kind;
import org.longwire.relay.config.DatabaseConfig.Source;
import org.longwire.relay.store.repository.ReadScope;

class DatabaseManagerTest {
  private static final MountTable LOCAL = MountTable.of(List.of());

  @TempDir
  Path directory;

  private final MemoryRepositories repositories = new MemoryRepositories();

  private DatabaseConfig config(String... others) {
    Map<String, Source> sources = new LinkedHashMap<>();
    sources.put(DatabaseConfig.PRIMARY, source("store.db", false));
    for (String other : others) {
      sources.put(other, source(other + ".db", other.equals("mmrelay")));
    }
    return new DatabaseConfig(
        sources, DatabaseConfig.PRIMARY, DatabaseConfig.PRIMARY, List.of(), false);
  }

  private Source source(String name, boolean foreign) {
    return new Source(
        directory.resolve(name),
        foreign,
        foreign ? Kind.MMRELAY : Kind.LONGWIRE,
        false,
        true,
        Duration.ofSeconds(1),
        foreign ? 1 : 2);
  }

  private DatabaseManager open(DatabaseConfig config, Path ledger, MountTable mounts)
      throws StoreException {
    Options options = Options.store().withSchema(Words.FIRST);
    return DatabaseManager.open(
        new DatabaseManager.Setting(ledger, directory.resolve("cache"), "Forx", mounts),
        config,
        repositories,
        Options.ledger(),
        new SqliteOpener(options, mounts, config.unsafeFileSystem(), directory));
  }

  private DatabaseManager open(DatabaseConfig config) throws StoreException {
    return open(config, directory.resolve("ledger.db"), LOCAL);
  }

  @Test
  void oneFileIsEnough() throws Exception {
    try (DatabaseManager manager = open(config())) {
      assertEquals(
          List.of("store-writer", "store-writer-primary"),
          List.copyOf(manager.duties().keySet()));
      assertEquals(List.of("map", "archive", "nodes", "rooms"), repositories.made);
      assertSame(manager.sources().main(), repositories.stores.get(0));
      assertEquals(StoreState.OPEN, manager.state());
    }
    assertTrue(Files.exists(directory.resolve("ledger.db")));
    assertTrue(Files.exists(directory.resolve("store.db")));
  }

  @Test
  void whatAPluginHoldsIsOneThingHoweverOftenItIsAskedFor() throws Exception {
    try (DatabaseManager manager = open(config())) {
      assertSame(manager.pluginData("weather"), manager.pluginData("weather"));
      assertTrue(manager.pluginData("weather") != manager.pluginData("ping"));
    }
  }

  @Test
  void aSourceThatIsAwayIsNoReasonNotToStart() throws Exception {
    try (DatabaseManager manager = open(config("mmrelay"))) {
      assertEquals(
          List.of("primary"),
          manager.sources().each(ReadScope.ANY, source -> tx -> 1).sources());
    }
  }

  @Test
  void severalStoresHaveAWriterEach() throws Exception {
    try (DatabaseManager manager = open(config("hikers", "mmrelay"))) {
      assertEquals(
          List.of("store-writer", "store-writer-primary", "store-writer-hikers"),
          List.copyOf(manager.duties().keySet()));
      WritableStore hikers = manager.sources().writable().get(1);
      hikers.unattended();
      hikers.write(Words.adding("up"));
    }
    assertTrue(Files.size(directory.resolve("hikers.db")) > 0);
  }

  @Test
  void closingFlushesWhatTheRepositoriesHoldBackThoughTheThreadsAreGone() throws Exception {
    DatabaseManager manager = open(config());
    manager.pluginData("weather");
    CompletableFuture<Integer> bulk = manager.sources().main().submitBulk(Words.adding("bulk"), 10);
    repositories.pending = tx -> tx.update("INSERT OR IGNORE INTO word(text) VALUES ('pending')");
    manager.close();
    manager.close();
    assertEquals(Map.of("nodes", 1, "plugin weather", 1), repositories.flushes);
    assertEquals(1, bulk.get());
    assertEquals(StoreState.CLOSED, manager.state());
    try (OpenFile store = OpenFile.connect(directory.resolve("store.db"), true)) {
      assertEquals("2", store.ask("SELECT count(*) FROM word").orElseThrow());
    }
    assertEquals(0, OpenFiles.under(directory));
  }

  @Test
  void aStoreThatFailsToCloseKeepsNoOtherOpen() throws Exception {
    MountTable mounts = LOCAL;
    SqliteOpener files =
        new SqliteOpener(Options.store().withSchema(Words.FIRST), mounts, false, directory);
    List<WritableStore> real = new ArrayList<>();
    DatabaseManager manager = DatabaseManager.open(
        new DatabaseManager.Setting(
            directory.resolve("ledger.db"), directory.resolve("cache"), "Forx", mounts),
        config("hikers"),
        repositories,
        Options.ledger(),
        (name, source) -> {
          real.add(files.open(name, source));
          return failingToClose(real.get(real.size() - 1));
        });
    assertThrows(IllegalStateException.class, manager::close);
    assertEquals(StoreState.CLOSED, manager.ledger().state());
    real.forEach(WritableStore::close);
  }

  private static WritableStore failingToClose(WritableStore real) {
    return (WritableStore) Proxy.newProxyInstance(
        WritableStore.class.getClassLoader(),
        new Class<?>[] {WritableStore.class},
        (proxy, method, arguments) -> {
          if (method.getName().equals("close")) {
            throw new IllegalStateException("a bug");
          }
          return method.invoke(real, arguments);
        });
  }

  @Test
  void lateCallsAreToldSo() throws Exception {
    DatabaseManager manager = open(config());
    WritableStore store = manager.sources().main();
    manager.close();
    assertThrows(StoreException.Closed.class, () -> store.read(tx -> 1));
    CompletableFuture<Integer> late = store.submit(tx -> 1);
    assertInstanceOf(
        StoreException.Closed.class,
        assertThrows(ExecutionException.class, late::get).getCause());
    assertThrows(StoreException.Closed.class, () -> manager.ledger().write(tx -> 1));
  }

  @Test
  void eachFileIsOpenAsOftenAsThereAreConnections() throws Exception {
    try (DatabaseManager manager = open(config())) {
      // The database for each connection, the log and the shared memory for each that has read it.
      long files = OpenFiles.under(directory);
      assertTrue(files <= 2 * 3 * 3, files + " files");
      for (int i = 0; i < 200; i++) {
        manager.sources().main().read(tx -> 1);
        manager.ledger().read(tx -> 1);
      }
      assertEquals(files, OpenFiles.under(directory));
    }
  }

  @Test
  void whereOneCannotBeOpenedNoneIsLeftOpen() throws Exception {
    Files.writeString(directory.resolve("hikers.db"), "Dear diary, ");
    assertThrows(StoreException.class, () -> open(config("hikers")));
    assertEquals(0, OpenFiles.under(directory));
  }

  @Test
  void aDamagedStoreIsPutAsideAndTheLedgerUntouched() throws Exception {
    open(config()).close();
    byte[] ledger = Files.readAllBytes(directory.resolve("ledger.db"));
    Files.write(
        directory.resolve("store.db"),
        new byte[] {1, 2, 3, 4}, // a damaged head
        java.nio.file.StandardOpenOption.WRITE);
    try (DatabaseManager manager = open(config())) {
      assertEquals(StoreState.OPEN, manager.state());
    }
    assertEquals(ledger.length, Files.size(directory.resolve("ledger.db")));
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(
          1, files.filter(f -> f.toString().contains("store.db.corrupt-")).count());
    }
  }

  @Test
  void theNetworkIsNoPlaceForTheLedgerEither() throws Exception {
    MountTable network = MountTable.of(List.of("1 0 0:9 / / rw - nfs4 x rw"));
    StoreException refusal = assertThrows(
        StoreException.Unusable.class,
        () -> open(config(), directory.resolve("ledger.db"), network));
    assertTrue(refusal.getMessage().contains("network file system"));
  }

  @Test
  void everythingMayBeInMemory() throws Exception {
    try (DatabaseManager manager = open(config().inMemory(), Database.MEMORY, LOCAL)) {
      manager.sources().main().unattended();
      manager.sources().main().write(Words.adding("short-lived"));
      manager.ledger().read(tx -> 1);
    }
    assertFalse(Files.exists(directory.resolve("store.db")));
    assertFalse(Files.exists(directory.resolve("ledger.db")));
  }

  @Test
  void theLedgerIsKeptAsTheConfigurationSays() throws Exception {
    Map<String, Source> sources = new LinkedHashMap<>(config().sources());
    sources.computeIfPresent(
        DatabaseConfig.PRIMARY,
        (name, s) -> new Source(
            s.path(), s.readOnly(), s.kind(), s.fallsBack(), false, Duration.ofSeconds(7), 1));
    DatabaseConfig plain = new DatabaseConfig(
        sources, DatabaseConfig.PRIMARY, DatabaseConfig.PRIMARY, List.of(), false);
    try (DatabaseManager manager = open(plain)) {
      manager.ledger().unattended();
      assertEquals(
          List.of("truncate", "7000"),
          List.of(
              manager.ledger().write(tx -> pragma(tx, "journal_mode")),
              manager.ledger().write(tx -> pragma(tx, "busy_timeout"))));
    }
  }

  private static String pragma(Transaction tx, String name) throws SQLException {
    return tx.first("PRAGMA " + name, row -> row.getString(1)).orElseThrow();
  }
}
