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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.relay.queue.Ledger;
import org.longwire.relay.run.Care;
import org.longwire.relay.run.StatusBoard;
import org.longwire.relay.run.StatusBoard.Health;
import org.longwire.relay.run.SystemdNotifier;
import org.longwire.relay.run.Worker;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.Options;

/** What systemd is told, and when. */
class HousekeeperTest {
  @TempDir
  Path folder;

  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private long nanos;
  private Duration rest = Duration.ZERO;
  private boolean well = true;
  private Path calls;
  private Database database;
  private Worker writer;
  private StatusBoard status;
  private SystemdNotifier notifier;
  private Ledger ledger;
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
    notifier = new SystemdNotifier(
        Map.of("NOTIFY_SOCKET", "/run/x", "WATCHDOG_USEC", "60000000"), List.of(notify.toString()));
    ledger = Ledger.open(database, () -> now, new SecureRandom());
    build(new Care() {});
  }

  private void build(Care care) {
    housekeeper = new Housekeeper(
        new Housekeeper.Means(ledger, status, notifier, time -> rest = time, List.of(care)),
        Set.of("radio main", "matrix"),
        () -> well,
        () -> now,
        () -> nanos);
  }

  @AfterEach
  void close() {
    writer.close();
    database.close();
  }

  private List<String> afterOneRound() throws IOException, InterruptedException {
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

  private long fedAfter(int seconds) throws Exception {
    nanos += Duration.ofSeconds(seconds).toNanos();
    return afterOneRound().stream().filter("WATCHDOG=1"::equals).count();
  }

  @Test
  void theWatchdogIsFedInHalfItsTimeAndOnlyWhileThreadsMove() throws Exception {
    assertEquals(1, fedAfter(0));
    assertEquals(1, fedAfter(0));
    assertEquals(Duration.ofSeconds(30), rest);
    assertEquals(2, fedAfter(30));
    well = false;
    assertEquals(2, fedAfter(30));
  }

  @Test
  void newsLateInARoundDoNotPutOffTheNext() throws Exception {
    assertEquals(1, fedAfter(0));
    status.tell("matrix", Health.WAITING, "the homeserver is away");
    assertEquals(1, fedAfter(29));
    assertEquals(1, fedAfter(0));
    assertEquals(Duration.ofSeconds(1), rest, "what is left of the round");
    assertEquals(2, fedAfter(1));
  }

  @Test
  void aClockThatIsSetBackDoesNotStarveTheWatchdog() throws Exception {
    assertEquals(1, fedAfter(0));
    now = now.minus(Duration.ofHours(1));
    assertEquals(2, fedAfter(30));
    now = now.plus(Duration.ofHours(5));
    assertEquals(2, fedAfter(1), "nor does it make rounds of its own");
  }

  @Test
  void theStoreIsTidiedOnceAnHourAndNotBeforeWeAreReady() throws Exception {
    List<Instant> tidied = new ArrayList<>();
    build(new Care() {
      @Override
      public void tidy(Instant at) {
        tidied.add(at);
      }
    });
    housekeeper.step();
    assertEquals(List.of(), tidied);
    status.tell("radio main", Health.OK, "ready");
    status.tell("matrix", Health.OK, "connected");
    fedAfter(60);
    assertEquals(1, tidied.size());
    fedAfter(60);
    assertEquals(1, tidied.size());
    fedAfter(3_600);
    assertEquals(2, tidied.size());
  }
}
