package org.longwire.relay.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.longwire.relay.queue.LedgerFixture.MESH;
import static org.longwire.relay.queue.LedgerFixture.MESH_0;
import static org.longwire.relay.queue.LedgerFixture.ROOM_A;
import static org.longwire.relay.queue.LedgerFixture.ROOM_B;
import static org.longwire.relay.queue.LedgerFixture.event;
import static org.longwire.relay.queue.LedgerFixture.packet;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the ledger holds for the store until the store has it. */
class StoreFeedTest {
  private static final Lanes ROOMS = Lanes.rooms();

  @TempDir
  Path directory;

  private LedgerFixture fixture;
  private StoreFeed feed;

  @BeforeEach
  void open() throws Exception {
    fixture = new LedgerFixture(directory.resolve("ledger.db"));
    feed = new StoreFeed(fixture.database);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aDeliveryWaitsUntilItIsMarkedAndNotLonger() throws Exception {
    fixture.ledger.accept(packet(1, ROOM_A));
    fixture.ledger.accept(packet(2, ROOM_A));
    assertTrue(feed.delivered(0).isEmpty());
    fixture.ledger.delivered(fixture.due(ROOMS), "$1");
    fixture.ledger.refused(fixture.due(ROOMS), "too large");
    fixture.ledger.flush();
    List<StoreFeed.Delivered> found = feed.delivered(0).rows();
    assertEquals(
        List.of("$1"), found.stream().map(StoreFeed.Delivered::remoteId).toList());
    StoreFeed.Delivered one = found.get(0);
    assertEquals(packet(1, ROOM_A).origin(), one.source().origin());
    assertEquals("LongFast", one.source().place());
    assertEquals(ROOM_A, one.address());
    assertEquals(LedgerFixture.START, one.at());
    feed.mapped(List.of(one.id()));
    fixture.ledger.flush();
    assertTrue(feed.delivered(0).isEmpty());
  }

  @Test
  void aMarkRidesOnTheNextWriteAndCausesNone() throws Exception {
    fixture.ledger.accept(packet(1, ROOM_A));
    fixture.ledger.delivered(fixture.due(ROOMS), "$1");
    fixture.ledger.flush();
    int commits = fixture.commits.count.get();
    feed.mapped(List.of(feed.delivered(0).rows().get(0).id()));
    feed.archived("primary", 64);
    fixture.clock.pass(Duration.ofSeconds(30));
    fixture.database.worker().runDue();
    assertEquals(commits, fixture.commits.count.get());
    fixture.ledger.flush();
    assertEquals(commits + 1, fixture.commits.count.get());
    assertTrue(feed.delivered(0).isEmpty());
    assertEquals(64, feed.archived("primary"));
  }

  @Test
  void whatACrashTookFromTheMarksIsToldAgain() throws Exception {
    fixture.ledger.accept(event("1", MESH_0));
    OutboxEntry entry = fixture.due(MESH);
    fixture.ledger.delivered(entry, entry.token());
    fixture.ledger.flush();
    feed.mapped(List.of(entry.id()));
    try (LedgerFixture after = fixture.afterCrash(directory.resolve("after"))) {
      assertEquals(
          List.of(entry.token()),
          new StoreFeed(after.database)
              .delivered(0).rows().stream().map(StoreFeed.Delivered::remoteId).toList());
    }
  }

  @Test
  void aPacketUnderANewIdIsToldOnceMore() throws Exception {
    fixture.ledger.accept(event("1", MESH_0));
    OutboxEntry entry = fixture.due(MESH);
    fixture.ledger.delivered(entry, entry.token());
    feed.mapped(List.of(entry.id()));
    fixture.ledger.flush();
    fixture.ledger.renew(entry, "came too soon");
    OutboxEntry renewed = fixture.due(MESH);
    fixture.ledger.delivered(renewed, renewed.token());
    fixture.ledger.flush();
    assertEquals(
        List.of(renewed.token()),
        feed.delivered(0).rows().stream().map(StoreFeed.Delivered::remoteId).toList());
  }

  @Test
  void whatWasSaidComesInOrderWithEachOfItsAddressesOnce() throws Exception {
    fixture.ledger.accept(packet(1, ROOM_A, ROOM_B));
    fixture.ledger.accept(new Arrival(
        new Origin.Notice("x"),
        LedgerFixture.START,
        "nobody",
        "nowhere",
        "filtered",
        Optional.of(new Arrival.Verdict(Fate.FILTERED, "a rule")),
        List.of(),
        Optional.empty()));
    fixture.ledger.accept(event("2", MESH_0, MESH_0));
    List<StoreFeed.Said> said = feed.said(0).rows();
    assertEquals(
        List.of("packet 1", "event 2"), said.stream().map(StoreFeed.Said::text).toList());
    assertEquals(List.of(ROOM_A, ROOM_B), said.get(0).to());
    assertEquals(List.of(MESH_0), said.get(1).to());
    assertEquals(1, feed.said(said.get(0).id()).rows().size());
    assertTrue(feed.said(said.get(1).id()).isEmpty());
  }

  @Test
  void theSourceOfAnEntryIsItsMessage() throws Exception {
    fixture.ledger.accept(packet(7, ROOM_A, ROOM_B));
    assertEquals(
        packet(7).origin(), feed.source(fixture.due(ROOMS)).orElseThrow().origin());
  }

  @Test
  void aRowThatMakesNoSenseHidesNoOtherAndIsNamed() throws Exception {
    for (int id = 1; id <= 3; id++) {
      fixture.ledger.accept(packet(id, ROOM_A));
      fixture.ledger.delivered(fixture.due(ROOMS), "$" + id);
    }
    fixture.ledger.flush();
    long second = feed.said(0).rows().get(1).id();
    for (String senseless : List.of("packet", "packet x !zz 1", "event nonsense", "packet a")) {
      fixture.database.write(
          tx -> tx.update("UPDATE inbox SET origin = ? WHERE id = ?", senseless, second));
      StoreFeed.Look<StoreFeed.Said> said = feed.said(0);
      assertEquals(
          List.of("packet 1", "packet 3"),
          said.rows().stream().map(StoreFeed.Said::text).toList(),
          senseless);
      assertEquals(List.of(second), said.senseless());
      StoreFeed.Look<StoreFeed.Delivered> delivered = feed.delivered(0);
      assertEquals(2, delivered.rows().size());
      assertEquals(List.of(second + 1), delivered.senseless());
    }
    assertEquals(new StoreFeed.Look<>(List.of(), List.of(second), second, false), behindTheLast());
  }

  /** What is left to see when the last row makes no sense either. */
  private StoreFeed.Look<StoreFeed.Said> behindTheLast() throws Exception {
    List<StoreFeed.Said> rows = feed.said(0).rows();
    fixture.database.write(tx ->
        tx.update("DELETE FROM inbox WHERE id = ?", rows.get(rows.size() - 1).id()));
    return feed.said(rows.get(0).id());
  }

  @Test
  void aTimeThatCannotBeIsThatOfTheAcceptance() throws Exception {
    Instant start = LedgerFixture.START;
    List<Instant> told = List.of(
        start.minusSeconds(5),
        start.minus(StoreFeed.MAX_DELAY).plusSeconds(1),
        Instant.EPOCH,
        start.minus(StoreFeed.MAX_DELAY),
        start.plusSeconds(1),
        Instant.parse("9999-12-31T00:00:00Z"));
    for (int i = 0; i < told.size(); i++) {
      acceptSaid(i + 1, told.get(i));
    }
    assertEquals(List.of(told.get(0), told.get(1), start, start, start, start), times());
  }

  /** One radio may tell no time, and the next one of its second's beginning. */
  @Test
  void whatWasSaidJustNowInWholeSecondsIsInTheOrderOfAcceptance() throws Exception {
    Instant first = LedgerFixture.START.plusMillis(700);
    fixture.clock.pass(Duration.ofMillis(700));
    acceptSaid(1, first);
    fixture.clock.pass(Duration.ofMillis(350));
    acceptSaid(2, LedgerFixture.START);
    assertEquals(List.of(first, first.plusMillis(350)), times());
  }

  private void acceptSaid(int id, Instant at) throws Exception {
    Arrival one = packet(id, ROOM_A);
    fixture.ledger.accept(new Arrival(
        one.origin(),
        at,
        one.sender(),
        one.place(),
        one.text(),
        Optional.empty(),
        one.deliveries(),
        Optional.empty()));
  }

  private List<Instant> times() throws Exception {
    return feed.said(0).rows().stream().map(StoreFeed.Said::at).toList();
  }

  private void revise(Arrival earlier, String words, Address... to) throws Exception {
    fixture.clock.pass(Duration.ofSeconds(1));
    Arrival edit = LedgerFixture.arrival(event("edit").origin(), words, MESH_0);
    Arrival judged = to.length > 0 ? edit.judged(Fate.FILTERED, "changed") : edit;
    fixture.ledger.accept(judged.revising(
        new Arrival.Revision(earlier.origin(), to.length > 0 ? edit.deliveries() : List.of())));
  }

  private List<String> wordsSaid() throws Exception {
    return feed.said(0).rows().stream().map(StoreFeed.Said::text).toList();
  }

  @Test
  void whatWasChangedBeforeItWasSentIsSaidInTheWordsThatAreSent() throws Exception {
    Arrival noon = event("noon", MESH_0);
    fixture.ledger.accept(noon);
    Original message = fixture.ledger.originals().of(noon.origin()).orElseThrow();
    fixture.ledger.withdrawals().rest(message, "changed");
    revise(noon, "one", MESH_0);
    fixture.ledger.flush();
    assertEquals(List.of("one"), wordsSaid());
  }

  @Test
  void whatWasCorrectedOnTheAirIsSaidAsItWasSentAndItsCorrectionToo() throws Exception {
    Arrival noon = event("noon", MESH_0);
    fixture.ledger.accept(noon);
    OutboxEntry entry = fixture.due(MESH);
    fixture.ledger.delivered(entry, entry.token());
    revise(noon, "one");
    fixture.ledger.flush();
    assertEquals(List.of("event noon", "one"), wordsSaid());
  }
}
