package org.longwire.relay.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.longwire.relay.queue.LedgerFixture.MESH;
import static org.longwire.relay.queue.LedgerFixture.MESH_0;
import static org.longwire.relay.queue.LedgerFixture.ROOM_A;
import static org.longwire.relay.queue.LedgerFixture.START;
import static org.longwire.relay.queue.LedgerFixture.event;
import static org.longwire.relay.queue.LedgerFixture.packet;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.radio.DeliveryState;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.store.CrashImages;
import org.longwire.relay.store.StoreException;

class SettlingTest {
  private static final Lanes ROOMS = Lanes.rooms();

  @TempDir
  Path directory;

  private LedgerFixture fixture;
  private Ledger ledger;

  @BeforeEach
  void open() throws StoreException {
    fixture = new LedgerFixture(directory.resolve("ledger.db"));
    ledger = fixture.ledger;
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static PacketId packetId(OutboxEntry entry) {
    return PacketId.parse(entry.token());
  }

  private List<String> words(String query) throws StoreException {
    return fixture.trace(query).deliveries().get(0).history().steps().stream()
        .map(History.Step::word)
        .toList();
  }

  @Test
  void aDeliveredMarkCostsNoCommitAndIsKnownAtOnce() throws Exception {
    ledger.accept(packet(1, ROOM_A));
    ledger.accept(packet(2, ROOM_A));
    int commits = fixture.commits.count.get();
    ledger.delivered(fixture.due(ROOMS), "$1");
    assertEquals("packet 2", fixture.dueText(ROOMS));
    assertEquals(commits, fixture.commits.count.get());
    assertEquals(Fate.WAITING, fixture.trace("00000001").fate(), "on disk it is not yet");
    ledger.accept(packet(3, ROOM_A));
    assertEquals(commits + 1, fixture.commits.count.get());
    assertEquals(Fate.DELIVERED, fixture.trace("00000001").fate());
    assertEquals("packet 2", fixture.dueText(ROOMS));
  }

  @Test
  void aMarkLostInACrashMeansTheSameAttemptAgainWithTheSameToken() throws Exception {
    ledger.accept(packet(1, ROOM_A));
    OutboxEntry sent = fixture.due(ROOMS);
    ledger.delivered(sent, "$1");
    try (LedgerFixture crashed = fixture.afterCrash(directory.resolve("crash"))) {
      assertEquals(sent, crashed.due(ROOMS));
    }
    ledger.flush();
    try (LedgerFixture crashed = fixture.afterCrash(directory.resolve("later"))) {
      assertEquals("", crashed.dueText(ROOMS));
    }
  }

  @Test
  void everySettledEntryStaysSettledWhileMarksAreOnTheirWay() throws Exception {
    for (int i = 1; i <= 200; i++) {
      ledger.accept(packet(i, ROOM_A));
    }
    List<String> delivered = new ArrayList<>();
    for (Due due = ledger.due(ROOMS, address -> true, fixture.fairness);
        due.entry().isPresent();
        due = ledger.due(ROOMS, address -> true, fixture.fairness)) {
      OutboxEntry entry = due.entry().get();
      delivered.add(LedgerFixture.text(entry));
      ledger.delivered(entry, "$" + entry.id());
      if (delivered.size() % 7 == 0) {
        ledger.flush();
      }
    }
    List<String> expected = new ArrayList<>();
    for (int i = 1; i <= 200; i++) {
      expected.add("packet " + i);
    }
    assertEquals(expected, delivered);
  }

  @Test
  void onlyCountedFailuresCount() throws Exception {
    ledger.accept(packet(1, ROOM_A));
    ledger.deferred(fixture.due(ROOMS), START, "the server is away", false);
    assertEquals(0, fixture.due(ROOMS).attempts());
    ledger.deferred(fixture.due(ROOMS), START, "500", true);
    assertEquals(1, fixture.due(ROOMS).attempts());
    ledger.flush();
    assertEquals(1, fixture.due(ROOMS).attempts());
    ledger.deferred(fixture.due(ROOMS), START, "500", true);
    assertEquals(2, fixture.due(ROOMS).attempts());
  }

  @Test
  void aDayWithoutTheOtherSideCostsOneWrite() throws Exception {
    ledger.accept(packet(1, ROOM_A));
    for (int minute = 0; minute < 60; minute++) {
      Instant next = ledger.now().plusSeconds(60);
      ledger.deferred(fixture.due(ROOMS), next, "the server is away", false);
      assertEquals("", fixture.dueText(ROOMS));
      if (minute == 3) {
        ledger.flush();
      }
      assertEquals(minute < 3 ? 1 : 0, fixture.database.worker().waiting());
      fixture.clock.pass(Duration.ofSeconds(60));
    }
    ledger.deferred(fixture.due(ROOMS), ledger.now().plusSeconds(60), "rate limit", false);
    assertEquals(1, fixture.database.worker().waiting());
    ledger.flush();
    assertEquals("", fixture.dueText(ROOMS));
    assertEquals(
        List.of("queued", "later: the server is away", "later: rate limit"), words("00000001"));
  }

  @Test
  void aNewPacketIdIsDurableBeforeItIsUsedAndKeepsItsPlace() throws Exception {
    ledger.accept(event("1", MESH_0));
    ledger.accept(event("2", MESH_0));
    OutboxEntry refused = fixture.due(MESH);
    OutboxEntry renewed = ledger.renew(refused, "rate limit");
    assertNotEquals(refused.token(), renewed.token());
    assertEquals(refused.id(), renewed.id());
    assertEquals(renewed, fixture.due(MESH));
    try (LedgerFixture crashed = fixture.afterCrash(directory.resolve("crash"))) {
      assertEquals(renewed, crashed.due(MESH));
    }
  }

  @Test
  void theFailuresOfAnOldTokenDoNotCountAgainstANewOne() throws Exception {
    ledger.accept(event("1", MESH_0));
    ledger.deferred(fixture.due(MESH), START, "no answer", true);
    OutboxEntry renewed = ledger.renew(fixture.due(MESH), "rate limit");
    assertEquals(0, renewed.attempts());
    assertEquals(0, fixture.due(MESH).attempts());
  }

  @Test
  void aPacketWhoseRefusalCameLateGoesBackToItsPlace() throws Exception {
    ledger.accept(event("1", MESH_0));
    ledger.accept(event("2", MESH_0));
    OutboxEntry sent = fixture.due(MESH);
    ledger.delivered(sent, sent.token());
    assertEquals("event 2", fixture.dueText(MESH));
    OutboxEntry again =
        ledger.late().reopen(RadioId.MAIN, packetId(sent), START, "duty cycle").orElseThrow();
    assertEquals(sent.id(), again.id());
    assertNotEquals(sent.token(), again.token());
    assertEquals(again, fixture.due(MESH));
    ledger.flush();
    assertEquals(again, fixture.due(MESH));
    assertEquals(
        Optional.empty(), ledger.late().reopen(RadioId.MAIN, packetId(sent), START, "again"));
  }

  @Test
  void onlyADeliveredAndFreshPacketCanBeReopened() throws Exception {
    ledger.accept(event("1", MESH_0));
    OutboxEntry entry = fixture.due(MESH);
    assertEquals(
        Optional.empty(), ledger.late().reopen(RadioId.MAIN, packetId(entry), START, "waits"));
    ledger.delivered(entry, entry.token());
    assertEquals(
        Optional.empty(),
        ledger.late().reopen(new RadioId("attic"), packetId(entry), START, "another radio"));
    fixture.clock.pass(Duration.ofHours(2));
    assertEquals(
        Optional.empty(), ledger.late().reopen(RadioId.MAIN, packetId(entry), START, "too late"));
  }

  @Test
  void theHistoryTellsTheWholeWay() throws Exception {
    ledger.accept(event("1", MESH_0));
    OutboxEntry entry = fixture.due(MESH);
    ledger.deferred(entry, START, "queue full", false);
    OutboxEntry renewed = ledger.renew(fixture.due(MESH), "rate limit");
    ledger.delivered(renewed, renewed.token());
    fixture.clock.pass(Duration.ofSeconds(7));
    ledger.late().reported(RadioId.MAIN, packetId(renewed), new DeliveryState.Relayed());
    ledger.late().reported(RadioId.MAIN, new PacketId(12345), new DeliveryState.Unknown());
    ledger.flush();
    assertEquals(
        List.of(
            "queued",
            "later: queue full",
            "renewed " + entry.token() + ": rate limit",
            "handed over",
            "relayed"),
        words("$1"));
    History history = fixture.trace("$1").deliveries().get(0).history();
    assertEquals(START, history.steps().get(0).at());
    assertEquals(START.plusSeconds(7), history.steps().get(4).at());
  }

  @Test
  void whatWaitedTooLongExpiresAlsoBehindAClosedDoor() throws Exception {
    ledger.accept(packet(1, ROOM_A));
    ledger.accept(event("1", MESH_0));
    assertEquals(0, ledger.expireDue(START));
    fixture.clock.pass(Duration.ofHours(2));
    assertTrue(ledger.due(ROOMS, address -> true, fixture.fairness).expired());
    Due inHand = ledger.due(MESH, address -> true, fixture.fairness);
    assertTrue(inHand.expired());
    ledger.deferred(inHand.entry().orElseThrow(), START, "x", false);
    assertEquals(1, ledger.expireDue(ledger.now()), "the other is in a sender's hands");
    assertEquals(0, ledger.expireDue(ledger.now()), "and known at once");
    assertEquals("", fixture.dueText(MESH));
    ledger.flush();
    assertEquals(Fate.EXPIRED, fixture.trace("$1").fate());
    assertEquals("waited too long", fixture.trace("$1").reason());
  }

  @Test
  void aWatcherIsToldOfEveryFate() throws Exception {
    List<String> told = new ArrayList<>();
    ledger.watch((entry, fate, reason, id) ->
        told.add(LedgerFixture.text(entry) + " " + fate + reason + id));
    ledger.accept(packet(1, ROOM_A));
    ledger.accept(packet(2, ROOM_A));
    ledger.accept(packet(3, ROOM_A));
    ledger.delivered(fixture.due(ROOMS), "$1");
    ledger.refused(fixture.due(ROOMS), ": too large");
    fixture.clock.pass(Duration.ofHours(2));
    ledger.expireDue(ledger.now());
    assertEquals(
        List.of(
            "packet 1 DELIVERED$1",
            "packet 2 REFUSED: too large",
            "packet 3 EXPIREDwaited too long"),
        told);
  }

  @Test
  void atRestNothingIsWritten() throws Exception {
    ledger.accept(packet(1, ROOM_A));
    ledger.delivered(fixture.due(ROOMS), "$1");
    ledger.flush();
    int commits = fixture.commits.count.get();
    for (int hour = 0; hour < 24; hour++) {
      fixture.clock.pass(Duration.ofHours(1));
      ledger.due(ROOMS, address -> true, fixture.fairness);
      ledger.expireDue(ledger.now());
      ledger.purge(ledger.now(), Ledger.RETENTION);
      assertEquals(0, ledger.retryMarks());
    }
    assertEquals(0, fixture.database.worker().waiting());
    assertEquals(commits, fixture.commits.count.get());
  }

  @Test
  void aMarkRidesOnTheCommitOfTheNextMessageAndNotBefore() throws Exception {
    ledger.accept(packet(1, ROOM_A));
    ledger.delivered(fixture.due(ROOMS), "$1");
    fixture.commits.before = () -> CrashImages.copy(fixture.file, directory.resolve("before"));
    ledger.accept(packet(2, ROOM_A));
    fixture.commits.before = () -> {};
    try (LedgerFixture before =
        new LedgerFixture(directory.resolve("before/ledger.db"), fixture.clock, 2)) {
      assertEquals("packet 1", before.dueText(ROOMS));
      assertFalse(before.traceAll("00000001").isEmpty());
      assertTrue(before.traceAll("00000002").isEmpty());
    }
  }
}
