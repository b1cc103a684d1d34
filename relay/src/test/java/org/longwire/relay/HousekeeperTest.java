package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.relay.queue.Ledger;
import org.longwire.relay.run.StatusBoard;
import org.longwire.relay.run.StatusBoard.Health;
import org.longwire.relay.run.SystemdNotifier;
import org.longwire.relay.run.Waiter;
import org.longwire.relay.run.Worker;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.Options;

/** What systemd is told, and when. */
class HousekeeperTest {
  @TempDir
  Path folder;

  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private boolean well = true;
  private Path calls;
  private Database database;
  private Worker writer;
  private StatusBoard status;
  private Waiter news;
  private Housekeeper housekeeper;

  @BeforeEach
  void build() throws Exception {
    calls = Files.createFile(folder.resolve("calls"));
    Path notify = Files.writeString(
        folder.resolve("notify"), "#!/bin/sh\necho \"$@\" >> %s\n".formatted(calls));
    Files.setPosixFilePermissions(notify, PosixFilePermissions.fromString("rwx------"));
    database = Database.open(folder.resolve("ledger.db"), Options.ledger());
    writer = new Worker("writer", database.worker(), Duration.ofSeconds(5), bug -> {});
    status = new StatusBoard(() -> now);
    news = new Waiter();
    SystemdNotifier notifier =
        new SystemdNotifier(Map.of("NOTIFY_SOCKET", "/run/x"), List.of(notify.toString()));
    Ledger ledger = Ledger.open(database, () -> now, new SecureRandom());
    housekeeper = new Housekeeper(
        new Housekeeper.Means(ledger, status, notifier, news),
        Set.of("radio main", "matrix"),
        () -> well,
        () -> now);
  }

  @AfterEach
  void close() {
    writer.close();
    database.close();
  }

  private List<String> afterOneRound() throws IOException, InterruptedException {
    news.wake();
    housekeeper.step();
    return Files.readAllLines(calls);
  }

  @Test
  void readyComesOnlyAfterBothSidesWereTried() throws Exception {
    status.tell("radio main", Health.TRYING, "connecting");
    status.tell("matrix", Health.TRYING, "connecting");
    assertFalse(afterOneRound().toString().contains("READY=1"));
    status.tell("radio main", Health.WAITING, "there is no serial port");
    assertFalse(afterOneRound().toString().contains("READY=1"));
    status.tell("matrix", Health.OK, "connected");
    assertTrue(afterOneRound().contains("READY=1 STATUS=radio main: there is no serial port"));
    status.tell("radio main", Health.OK, "ready");
    List<String> calls = afterOneRound();
    assertEquals("STATUS=all is well", calls.get(calls.size() - 1));
    assertEquals(1, calls.stream().filter(c -> c.contains("READY=1")).count());
  }

  @Test
  void theWatchdogIsFedOnceARoundAndOnlyWhileThreadsMove() throws Exception {
    assertEquals(List.of("WATCHDOG=1"), afterOneRound());
    assertEquals(List.of("WATCHDOG=1"), afterOneRound());
    now = now.plus(Housekeeper.ROUND);
    assertEquals(List.of("WATCHDOG=1", "WATCHDOG=1"), afterOneRound());
    well = false;
    now = now.plus(Housekeeper.ROUND);
    assertEquals(List.of("WATCHDOG=1", "WATCHDOG=1"), afterOneRound());
  }
}
