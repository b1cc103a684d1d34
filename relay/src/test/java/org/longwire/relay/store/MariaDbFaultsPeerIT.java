package org.longwire.relay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.longwire.relay.run.Worker;

/** What can go wrong with a server, on a real one. */
class MariaDbFaultsPeerIT {
  private static final String SET = "INSERT INTO room_setting (room, name, value) VALUES (?, ?, ?)"
      + " ON DUPLICATE KEY UPDATE value = VALUES(value)";
  private static final String ADD = "INSERT INTO room_setting (room, name, value) VALUES (?, ?, ?)";

  private static MariaDbServer server;
  private final List<AutoCloseable> opened = new ArrayList<>();

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

  @AfterEach
  void close() throws Exception {
    for (int i = opened.size() - 1; i >= 0; i--) {
      opened.get(i).close();
    }
  }

  private MariaDbStore open(MariaDbSettings settings) {
    return open(settings, CommitObserver.NONE);
  }

  private MariaDbStore open(MariaDbSettings settings, CommitObserver observer) {
    MariaDbStore store = MariaDbStore.open(
        settings.withConnectLimit(Duration.ofSeconds(2)),
        Options.ledger().withSchema(Schema.STORE).withObserver(observer),
        new Random(1),
        time -> {});
    opened.add(store);
    opened.add(new Worker("store-writer", store.worker(), Duration.ofSeconds(10), bug -> {}));
    return store;
  }

  private static String value(MariaDbStore store, String name) throws StoreException {
    return store
        .read(tx -> tx.first(
            "SELECT value FROM room_setting WHERE name = ?", row -> row.getString(1), name))
        .orElse("nothing");
  }

  private Connection other(MariaDbSettings settings) throws Exception {
    Connection connection =
        DriverManager.getConnection(settings.jdbcUrl(), settings.user(), settings.password());
    connection.setAutoCommit(false);
    opened.add(connection);
    return connection;
  }

  @Test
  void aDeadlockIsRunAgain() throws Exception {
    MariaDbSettings settings = server.database();
    MariaDbStore store = open(settings);
    store.write(tx -> tx.update(SET, "r", "a", "0") + tx.update(SET, "r", "b", "0"));
    Connection rival = other(settings);
    // The heavier transaction survives a deadlock.
    try (Statement heavy = rival.createStatement()) {
      for (int i = 0; i < 500; i++) {
        heavy.execute("INSERT INTO room_setting VALUES ('heavy', '" + i + "', 'x')");
      }
      heavy.execute("UPDATE room_setting SET value = 'rival' WHERE room = 'r' AND name = 'b'");
    }
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch first = new CountDownLatch(1);
    CompletableFuture<Integer> ours = store.submit(tx -> {
      runs.incrementAndGet();
      tx.update(SET, "r", "a", "ours");
      first.countDown();
      return tx.update(SET, "r", "b", "ours");
    });
    assertTrue(first.await(30, TimeUnit.SECONDS));
    try (Statement crossing = rival.createStatement()) {
      crossing.execute("UPDATE room_setting SET value = 'rival' WHERE room = 'r' AND name = 'a'");
    }
    rival.commit();
    ours.get(60, TimeUnit.SECONDS);
    assertTrue(runs.get() > 1);
    assertEquals("ours", value(store, "a"));
    assertEquals("ours", value(store, "b"));
  }

  @Test
  void aLockThatLastsIsWaitedForAgain() throws Exception {
    MariaDbSettings settings = server.database();
    MariaDbStore store = open(settings);
    store.write(tx -> tx.update(SET, "r", "a", "0"));
    Connection rival = other(settings);
    try (Statement lock = rival.createStatement()) {
      lock.execute("UPDATE room_setting SET value = 'rival' WHERE room = 'r' AND name = 'a'");
    }
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch again = new CountDownLatch(2);
    CompletableFuture<Integer> ours = store.submit(tx -> {
      runs.incrementAndGet();
      again.countDown();
      return tx.update(SET, "r", "a", "ours");
    });
    assertTrue(again.await(60, TimeUnit.SECONDS));
    rival.commit();
    ours.get(60, TimeUnit.SECONDS);
    assertEquals("ours", value(store, "a"));
  }

  @Test
  void aCommitThatIsCutBeforeTheServerHearsOfItIsRunAgain() throws Exception {
    inDoubt(CuttingProxy.Cut.BEFORE);
  }

  @Test
  void aCommitThatIsCutAfterTheServerHeardOfItCountsByItsKey() throws Exception {
    inDoubt(CuttingProxy.Cut.AFTER);
  }

  private void inDoubt(CuttingProxy.Cut cut) throws Exception {
    MariaDbSettings direct = server.database();
    CuttingProxy proxy = new CuttingProxy(server.port());
    opened.add(proxy);
    MariaDbStore store = open(MariaDbSettings.of(
        "127.0.0.1", proxy.port(), direct.database(), direct.user(), direct.password()));
    store.flush();
    proxy.cutNext(cut);
    AtomicInteger runs = new AtomicInteger();
    int changed = store.write(tx -> {
      runs.incrementAndGet();
      return tx.update(ADD, "r", "own key", "x");
    });
    assertEquals(1, changed);
    assertTrue(proxy.hasCut());
    assertEquals(2, runs.get());
    assertEquals("x", value(store, "own key"));
    // The same key again, with no doubt about it, is what it always was.
    assertThrows(
        StoreException.Constraint.class,
        () -> store.write(tx -> tx.update(ADD, "r", "own key", "")));
  }

  @Test
  void aBadWriteSpoilsOnlyItself() throws Exception {
    MariaDbStore store = open(server.database());
    CompletableFuture<Integer> bad = store.submit(
        tx -> tx.update(SET, "r", "half", "x") + tx.update(SET, "r".repeat(300), "n", "x"));
    CompletableFuture<Integer> good = store.submit(tx -> tx.update(SET, "r", "good", "x"));
    good.get(30, TimeUnit.SECONDS);
    assertInstanceOf(
        StoreException.Constraint.class,
        assertThrows(ExecutionException.class, bad::get).getCause());
    assertEquals("nothing", value(store, "half"));
    assertEquals("x", value(store, "good"));
  }

  @Test
  void aBugInAWriteSpoilsOnlyItselfToo() throws Exception {
    MariaDbStore store = open(server.database());
    IllegalStateException bug = new IllegalStateException("a bug");
    CompletableFuture<Integer> bad = store.submit(tx -> {
      tx.update(SET, "r", "half", "x");
      throw bug;
    });
    CompletableFuture<Integer> refused = store.submit(tx -> {
      tx.update(SET, "r", "half", "x");
      throw new StoreException.Unusable("of no use");
    });
    store.write(tx -> tx.update(SET, "r", "good", "x"));
    assertSame(bug, assertThrows(ExecutionException.class, bad::get).getCause());
    assertInstanceOf(
        StoreException.Unusable.class,
        assertThrows(ExecutionException.class, refused::get).getCause());
    assertEquals("nothing", value(store, "half"));
    assertEquals("x", value(store, "good"));
  }

  @Test
  void aMissingTableFailsTheGroupAndIsToldUntilItIsMended() throws Exception {
    MariaDbSettings settings = server.database();
    Told told = new Told();
    MariaDbStore store = open(settings, told);
    store.write(tx -> tx.update(SET, "r", "before", "x"));
    String table = settings.database() + ".room_setting";
    server.asRoot("RENAME TABLE %1$s TO %1$s_away".formatted(table));
    assertThrows(
        StoreException.Unusable.class, () -> store.write(tx -> tx.update(SET, "r", "lost", "x")));
    assertEquals(List.of("committed", "failed"), told.news);
    server.asRoot("RENAME TABLE %1$s_away TO %1$s".formatted(table));
    store.write(tx -> tx.update(SET, "r", "after", "x"));
    assertEquals(List.of("committed", "failed", "committed"), told.news);
    assertEquals("nothing", value(store, "lost"));
  }

  /** What an observer heard, in order; each is there before the write's own answer. */
  private static final class Told implements CommitObserver {
    final List<String> news = new CopyOnWriteArrayList<>();

    @Override
    public void beforeCommit() {}

    @Override
    public void afterCommit() {
      news.add("committed");
    }

    @Override
    public void failed(StoreException why) {
      news.add("failed");
    }
  }

  @Test
  void aServerThatIsKilledAndComesBackIsUsedAgain() throws Exception {
    MariaDbStore store = open(server.database());
    store.write(tx -> tx.update(SET, "r", "before", "x"));
    server.kill();
    try {
      assertTrue(
          assertThrows(StoreException.class, () -> value(store, "before")).mayRetry());
    } finally {
      server.up();
    }
    assertEquals("x", value(store, "before"));
    store.write(tx -> tx.update(SET, "r", "after", "y"));
    assertEquals("y", value(store, "after"));
  }

  @Test
  void aStoreOpensWhileItsServerIsAway() throws Exception {
    MariaDbSettings settings = server.database();
    server.kill();
    MariaDbStore store;
    try {
      store = open(settings);
      assertTrue(assertThrows(StoreException.class, () -> value(store, "a")).mayRetry());
    } finally {
      server.up();
    }
    store.write(tx -> tx.update(SET, "r", "a", "x"));
    assertEquals("x", value(store, "a"));
  }

  @Test
  void aWrongPasswordNeedsAPerson() throws Exception {
    MariaDbSettings right = server.database();
    MariaDbStore store = open(
        MariaDbSettings.of(right.host(), right.port(), right.database(), right.user(), "wrong"));
    assertThrows(StoreException.Unusable.class, () -> value(store, "a"));
    assertThrows(
        StoreException.Unusable.class, () -> store.write(tx -> tx.update(SET, "r", "a", "x")));
  }

  @Test
  void aNewerSchemaAndSomebodyElsesTablesAreRefused() throws Exception {
    MariaDbSettings settings = server.database();
    open(settings).flush();
    server.asRoot("UPDATE " + settings.database() + ".schema_version SET version = 99");
    MariaDbStore older = open(settings);
    assertThrows(StoreException.Unusable.class, () -> value(older, "a"));
    assertThrows(
        StoreException.Unusable.class, () -> older.write(tx -> tx.update(SET, "r", "a", "x")));
    MariaDbSettings foreign = server.database();
    server.asRoot("CREATE TABLE " + foreign.database() + ".blog (id INT PRIMARY KEY)");
    assertThrows(StoreException.Unusable.class, () -> value(open(foreign), "a"));
  }

  @Test
  void twoRelaysMayMakeTheTablesAtOnce() throws Exception {
    MariaDbSettings settings = server.database();
    MariaDbStore one = open(settings);
    MariaDbStore two = open(settings);
    CompletableFuture<Integer> first = one.submit(tx -> tx.update(SET, "r", "one", "x"));
    CompletableFuture<Integer> second = two.submit(tx -> tx.update(SET, "r", "two", "x"));
    first.get(60, TimeUnit.SECONDS);
    second.get(60, TimeUnit.SECONDS);
    assertEquals("x", value(one, "two"));
    assertEquals("x", value(two, "one"));
  }

  @Test
  void aClosedStoreSaysSo() throws Exception {
    MariaDbStore store = open(server.database());
    store.flush();
    store.close();
    assertThrows(StoreException.Closed.class, () -> value(store, "a"));
    assertThrows(StoreException.Closed.class, store::flush);
    assertEquals(StoreState.CLOSED, store.state());
  }

  /** Without the limit of its own the question would wait for the connection's ten minutes. */
  @Test
  @Timeout(60)
  void aQuestionInAHurryDoesNotWaitForAServerThatIsAway() throws Exception {
    MariaDbStore store = MariaDbStore.open(
        server.database().withConnectLimit(Duration.ofMinutes(10)),
        Options.ledger(),
        new Random(1),
        time -> {});
    opened.add(store);
    server.kill();
    try {
      assertThrows(
          StoreException.Transient.class, () -> store.read(tx -> 1, Duration.ofMillis(500)));
    } finally {
      server.up();
    }
  }

  @Test
  void anAnswerThatTakesTooLongIsEndedAndSaysSo() throws Exception {
    MariaDbStore store = open(server.database());
    StoreException late = assertThrows(
        StoreException.Transient.class,
        () -> store.read(
            tx -> tx.first("SELECT SLEEP(60)", row -> row.getLong(1)), Duration.ofSeconds(1)));
    assertTrue(late.getMessage().startsWith("the answer took longer than 1 s"), late.getMessage());
  }
}
