package org.longwire.relay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A server that is not there; needs none. */
class MariaDbAwayTest {
  private final AtomicLong nanos = new AtomicLong();
  private final List<String> told = new ArrayList<>();

  private final CommitObserver observer = new CommitObserver() {
    @Override
    public void beforeCommit() {}

    @Override
    public void afterCommit() {}

    @Override
    public void locked(Duration since, String obstacle) {
      told.add(obstacle);
    }
  };

  private static int freePort() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return taken.getLocalPort();
    }
  }

  @Test
  void whoWaitsForItIsToldWhereItShouldBeAndNotThePassword() throws Exception {
    int port = freePort();
    String sentence = "mariadb://relay@127.0.0.1:" + port
        + "/longwire does not answer; start it, or mend the way to it";
    MariaDbSettings settings = MariaDbSettings.of("127.0.0.1", port, "longwire", "relay", "secret")
        .withConnectLimit(Duration.ofMillis(250));
    Options options = Options.store()
        .withNanoTime(nanos::get)
        .withObserver(observer)
        .withCloseLimit(Duration.ofMillis(1));
    try (MariaDbStore store = MariaDbStore.open(settings, options, new Random(1), time -> {})) {
      CompletableFuture<Integer> durable = store.submit(tx -> 1);
      CompletableFuture<Integer> lazy = store.submitLazy(tx -> 1);
      store.worker().step();
      assertEquals(List.of(), told);
      assertFalse(durable.isDone());
      nanos.addAndGet(WorkerExecutor.BUSY_LIMIT.plusSeconds(1).toNanos());
      store.worker().step();
      assertEquals(List.of(sentence), told);
      Throwable failure = assertThrows(ExecutionException.class, durable::get).getCause();
      assertInstanceOf(StoreException.Transient.class, failure);
      assertEquals(sentence, failure.getMessage());
      assertFalse(lazy.isDone(), "what may wait does");
      assertEquals(
          sentence,
          assertThrows(StoreException.Transient.class, () -> store.read(tx -> 1))
              .getMessage());
    }
  }
}
