package org.longwire.relay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.matrix.Secret;
import org.longwire.relay.config.DatabaseConfig;
import org.longwire.relay.config.DatabaseConfig.Kind;
import org.longwire.relay.config.DatabaseServer;

/** A store whose server is not there; what needs a server is in the tests of the real one. */
class MariaDbAwayTest {
  private final AtomicLong nanos = new AtomicLong();
  private final List<Duration> pauses = new ArrayList<>();
  private final List<String> obstacles = new ArrayList<>();
  private final CommitObserver observer = new CommitObserver() {
    @Override
    public void beforeCommit() {}

    @Override
    public void afterCommit() {}

    @Override
    public void failed(StoreException why) {
      obstacles.add(why.getMessage());
    }
  };
  private int port;
  private MariaDbStore store;

  @TempDir
  Path directory;

  @BeforeEach
  void open() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
    }
    store = MariaDbStore.open(
        MariaDbSettings.of("127.0.0.1", port, "mesh", "relay", "x")
            .withConnectLimit(Duration.ofMillis(250)),
        Options.store()
            .withNanoTime(nanos::get)
            .withObserver(observer)
            .withCloseLimit(Duration.ofMillis(1)),
        new Random(1),
        pauses::add);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void readingFailsWithinItsTimeAndMayBeTriedAgain() {
    StoreException failure =
        assertThrows(StoreException.Transient.class, () -> store.read(tx -> 1));
    assertTrue(failure.mayRetry());
    assertThrows(StoreException.Transient.class, () -> store.read(tx -> 1, Duration.ofMillis(100)));
  }

  @Test
  void whoeverAsksIsToldWhereItShouldBeAndNotThePassword() throws Exception {
    String sentence = "mariadb://relay@127.0.0.1:" + port
        + "/mesh does not answer; start it, or mend the way to it";
    assertEquals(
        sentence,
        assertThrows(StoreException.Transient.class, () -> store.read(tx -> 1)).getMessage());
    CompletableFuture<Integer> durable = store.submit(tx -> 1);
    store.worker().runDue();
    assertEquals(List.of(sentence), obstacles, "at once");
    nanos.addAndGet(WorkerExecutor.BUSY_LIMIT.toNanos());
    store.worker().runDue();
    assertEquals(List.of(sentence), obstacles.stream().distinct().toList());
    assertEquals(
        "nothing could be written for 30 s: " + sentence,
        assertThrows(ExecutionException.class, durable::get).getCause().getMessage());
  }

  @Test
  void writesWaitInTheirOrderAndOnlyTheDurableOnesFailInTheEnd() throws Exception {
    CompletableFuture<Integer> lazy = store.submitLazy(tx -> 1);
    CompletableFuture<Integer> bulk = store.submitBulk(tx -> 2, 10);
    CompletableFuture<Integer> durable = store.submit(tx -> 3);
    store.worker().runDue();
    assertEquals(3, store.worker().waiting());
    assertEquals(StoreState.OPEN, store.state());
    nanos.addAndGet(WorkerExecutor.BUSY_LIMIT.toNanos());
    store.worker().runDue();
    assertInstanceOf(
        StoreException.Transient.class,
        assertThrows(ExecutionException.class, durable::get).getCause());
    assertFalse(lazy.isDone() || bulk.isDone());
    assertEquals(StoreState.DEGRADED, store.state());
    assertEquals(List.of(), pauses, "a server that is away is not asked again at once");
  }

  @Test
  void closingTellsWhatWaitsAndRefusesTheRest() throws Exception {
    CompletableFuture<Integer> lazy = store.submitLazy(tx -> 1);
    store.close();
    assertInstanceOf(
        StoreException.Closed.class,
        assertThrows(ExecutionException.class, lazy::get).getCause());
    assertEquals(StoreState.CLOSED, store.state());
    assertThrows(StoreException.Closed.class, () -> store.read(tx -> 1));
    assertThrows(StoreException.Closed.class, store::flush);
    store.close();
  }

  @Test
  void itIsAStoreLikeAnyOther() {
    assertEquals(Dialect.MARIADB, store.dialect());
    assertEquals(Optional.of(store.worker()), store.duty());
  }

  @Test
  void thePrimaryStoreIsOnTheServerIfThereIsOneAndTheOthersAreFiles() throws Exception {
    MountTable mounts = MountTable.of(List.of());
    SqliteOpener files = new SqliteOpener(Options.store(), mounts, false, directory);
    DatabaseServer server = new DatabaseServer(
        "127.0.0.1",
        port,
        "mesh",
        "relay",
        Optional.of(new Secret("x")),
        "",
        new DatabaseServer.Pool(1, Duration.ofMinutes(5), Duration.ofMinutes(1)));
    ConfiguredOpener with =
        new ConfiguredOpener(files, Optional.of(server), Options.store(), new Random(1));
    ConfiguredOpener without =
        new ConfiguredOpener(files, Optional.empty(), Options.store(), new Random(1));
    DatabaseConfig.Source source = new DatabaseConfig.Source(
        directory.resolve("store.db"), false, Kind.LONGWIRE, false, true, Duration.ZERO, 1);
    try (WritableStore primary = with.open(DatabaseConfig.PRIMARY, source)) {
      assertEquals(Dialect.MARIADB, primary.dialect());
      try (WritableStore other = with.open("hikers", source)) {
        assertEquals(Dialect.SQLITE, other.dialect());
      }
    }
    try (WritableStore primary = without.open(DatabaseConfig.PRIMARY, source)) {
      assertEquals(Dialect.SQLITE, primary.dialect());
    }
  }
}
