package org.longwire.relay.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.longwire.relay.queue.LedgerFixture.BOT;
import static org.longwire.relay.queue.LedgerFixture.MESH;
import static org.longwire.relay.queue.LedgerFixture.MESH_0;
import static org.longwire.relay.queue.LedgerFixture.ROOM;
import static org.longwire.relay.queue.LedgerFixture.ROOM_A;
import static org.longwire.relay.queue.LedgerFixture.START;
import static org.longwire.relay.queue.LedgerFixture.arrival;
import static org.longwire.relay.queue.LedgerFixture.event;
import static org.longwire.relay.queue.LedgerFixture.packet;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.matrix.EventId;
import org.longwire.matrix.SyncToken;
import org.longwire.matrix.UserId;
import org.longwire.relay.store.CrashImages;
import org.longwire.relay.store.StoreException;

class PageTest {
  private static final SyncToken FIRST = new SyncToken("s1");
  private static final SyncToken SECOND = new SyncToken("s2");
  private static final SyncToken THIRD = new SyncToken("s3");
  private static final Gap GAP = new Gap(ROOM, "s1", "s2", START, 0);

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

  private Accepted accept(SyncToken next, Arrival... arrivals) throws Exception {
    return ledger.acceptPage(BOT, List.of(arrivals), List.of(), next);
  }

  @Test
  void aPageAndItsTokenAreDurableTogether() throws Exception {
    assertEquals(Optional.empty(), ledger.syncToken(BOT));
    accept(FIRST, event("one", MESH_0));
    fixture.commits.before = () -> CrashImages.copy(fixture.file, directory.resolve("before"));
    fixture.commits.after = () -> CrashImages.copy(fixture.file, directory.resolve("after"));
    ledger.acceptPage(BOT, List.of(event("two", MESH_0)), List.of(GAP), SECOND);
    try (LedgerFixture before =
            new LedgerFixture(directory.resolve("before/ledger.db"), fixture.clock, 2);
        LedgerFixture after =
            new LedgerFixture(directory.resolve("after/ledger.db"), fixture.clock, 2)) {
      assertEquals(Optional.of(FIRST), before.ledger.syncToken(BOT));
      assertEquals(List.of(), before.traceAll("$two"));
      assertEquals(List.of(), before.ledger.gaps());
      assertEquals(Optional.of(SECOND), after.ledger.syncToken(BOT));
      assertEquals(1, after.traceAll("$two").size());
      assertEquals(List.of(GAP), after.ledger.gaps());
      // The page comes again after the crash, as the old token asks for it.
      before.ledger.acceptPage(BOT, List.of(event("two", MESH_0)), List.of(), SECOND);
      assertEquals(1, before.traceAll("$two").size());
    }
  }

  @Test
  void aPageThatCannotBeStoredMovesNoToken() throws Exception {
    accept(FIRST, event("one", MESH_0));
    fixture.pragma("max_page_count = 20");
    Arrival large =
        arrival(new Origin.Event(ROOM, new EventId("$big")), "x".repeat(100_000), MESH_0);
    assertThrows(StoreException.Full.class, () -> accept(SECOND, event("two", MESH_0), large));
    assertEquals(Optional.of(FIRST), ledger.syncToken(BOT));
    assertEquals(List.of(), fixture.traceAll("$two"));
    fixture.pragma("max_page_count = 100000");
    assertEquals(new Accepted(2, 0), accept(SECOND, event("two", MESH_0), large));
    assertEquals(Optional.of(SECOND), ledger.syncToken(BOT));
  }

  @Test
  void eventsThatAreKnownAreSkipped() throws Exception {
    accept(FIRST, event("one", MESH_0));
    assertEquals(new Accepted(1, 1), accept(SECOND, event("one", MESH_0), event("2", MESH_0)));
    assertEquals(new Accepted(0, 1), accept(THIRD, event("one", MESH_0)));
    assertEquals(Optional.of(THIRD), ledger.syncToken(BOT));
  }

  @Test
  void aTokenIsOfNoUseToAnotherAccount() throws Exception {
    accept(FIRST, event("one", MESH_0));
    assertEquals(Optional.empty(), ledger.syncToken(new UserId("@other:example.org")));
    accept(SECOND);
    assertEquals(Optional.empty(), ledger.syncToken(new UserId("@other:example.org")));
  }

  @Test
  void emptyPagesWriteNothing() throws Exception {
    accept(FIRST, event("one", MESH_0));
    int commits = fixture.commits.count.get();
    for (int i = 0; i < 29; i++) {
      accept(new SyncToken("empty" + i));
      fixture.clock.pass(java.time.Duration.ofSeconds(30));
    }
    assertEquals(commits, fixture.commits.count.get());
    assertEquals(0, fixture.database.worker().waiting());
    assertEquals(Optional.of(new SyncToken("empty28")), ledger.syncToken(BOT));
  }

  @Test
  void theTokenOfAnEmptyPageRidesOnTheNextWrite() throws Exception {
    accept(FIRST, event("one", MESH_0));
    accept(SECOND);
    ledger.accept(packet(1, ROOM_A));
    try (LedgerFixture crashed = fixture.afterCrash(directory.resolve("crash"))) {
      assertEquals(Optional.of(SECOND), crashed.ledger.syncToken(BOT));
    }
  }

  @Test
  void theTokenOfEmptyPagesIsStoredInTheEnd() throws Exception {
    accept(FIRST, event("one", MESH_0));
    accept(SECOND);
    fixture.clock.pass(Bookmarks.HOLD_LIMIT);
    accept(THIRD);
    assertEquals(1, fixture.database.worker().waiting(), "lazily");
    fixture.database.flush();
    try (LedgerFixture crashed = fixture.afterCrash(directory.resolve("crash"))) {
      assertEquals(Optional.of(THIRD), crashed.ledger.syncToken(BOT));
    }
  }

  @Test
  void theSameTokenAgainIsNeverWritten() throws Exception {
    accept(FIRST, event("one", MESH_0));
    int commits = fixture.commits.count.get();
    accept(FIRST);
    fixture.clock.pass(Bookmarks.HOLD_LIMIT);
    accept(FIRST);
    assertEquals(commits, fixture.commits.count.get());
    assertEquals(0, fixture.database.worker().waiting());
    assertEquals(Optional.of(FIRST), ledger.syncToken(BOT));
  }

  @Test
  void anOlderHeldTokenNeverReplacesANewerOne() throws Exception {
    accept(FIRST);
    accept(SECOND, event("one", MESH_0));
    ledger.accept(packet(1, ROOM_A));
    ledger.flush();
    assertEquals(Optional.of(SECOND), ledger.syncToken(BOT));
  }

  @Test
  void anOrderlyStopStoresTheHeldToken() throws Exception {
    accept(FIRST);
    ledger.flush();
    try (LedgerFixture crashed = fixture.afterCrash(directory.resolve("crash"))) {
      assertEquals(Optional.of(FIRST), crashed.ledger.syncToken(BOT));
    }
  }

  @Test
  void aGapMovesOnWithWhatWasTakenFromIt() throws Exception {
    ledger.acceptPage(BOT, List.of(), List.of(GAP), SECOND);
    fixture.commits.before = () -> CrashImages.copy(fixture.file, directory.resolve("before"));
    ledger.advanceGap(GAP, List.of(event("one", MESH_0), event("two", MESH_0)), Optional.of("t1"));
    assertEquals(List.of(new Gap(ROOM, "t1", "s2", START, 2)), ledger.gaps());
    try (LedgerFixture before =
        new LedgerFixture(directory.resolve("before/ledger.db"), fixture.clock, 2)) {
      assertEquals(List.of(GAP), before.ledger.gaps());
      assertEquals(List.of(), before.traceAll("$one"));
    }
    fixture.commits.before = () -> {};
    ledger.advanceGap(ledger.gaps().get(0), List.of(event("3", MESH_0)), Optional.empty());
    assertEquals(List.of(), ledger.gaps());
    assertEquals("event one", fixture.dueText(MESH));
  }

  @Test
  void aGapThatGrowsWhileItIsReadStaysOneAndKeepsTheOrder() throws Exception {
    ledger.acceptPage(BOT, List.of(), List.of(GAP), SECOND);
    Gap grown = new Gap(ROOM, "s2", "s3", START.plusSeconds(1), 0);
    ledger.acceptPage(BOT, List.of(), List.of(grown), THIRD);
    assertEquals(List.of(new Gap(ROOM, "s1", "s3", START, 0)), ledger.gaps());
    // A reader that knew only the first end has reached it.
    ledger.advanceGap(GAP, List.of(event("one", MESH_0)), Optional.empty());
    assertEquals(List.of(new Gap(ROOM, "s2", "s3", START, 1)), ledger.gaps());
    ledger.advanceGap(ledger.gaps().get(0), List.of(), Optional.empty());
    assertEquals(List.of(), ledger.gaps());
  }
}
