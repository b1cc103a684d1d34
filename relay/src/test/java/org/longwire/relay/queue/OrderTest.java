package org.longwire.relay.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.longwire.relay.queue.LedgerFixture.MESH;
import static org.longwire.relay.queue.LedgerFixture.MESH_0;
import static org.longwire.relay.queue.LedgerFixture.MESH_1;
import static org.longwire.relay.queue.LedgerFixture.ROOM_A;
import static org.longwire.relay.queue.LedgerFixture.ROOM_B;
import static org.longwire.relay.queue.LedgerFixture.START;
import static org.longwire.relay.queue.LedgerFixture.event;
import static org.longwire.relay.queue.LedgerFixture.packet;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.NodeId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.Transaction;

class OrderTest {
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

  @Test
  void aDeferredFirstMessageIsNotOvertakenInItsRoom() throws Exception {
    ledger.accept(packet(1, ROOM_A));
    ledger.accept(packet(2, ROOM_A));
    ledger.deferred(fixture.due(ROOMS), START.plusSeconds(5), "rate limit", false);
    assertEquals("", fixture.dueText(ROOMS));
    fixture.clock.pass(Duration.ofSeconds(5));
    assertEquals("packet 1", fixture.dueText(ROOMS));
    ledger.delivered(fixture.due(ROOMS), "$1");
    assertEquals("packet 2", fixture.dueText(ROOMS));
  }

  @Test
  void aDeferredHeadHoldsBackNoOtherRoom() throws Exception {
    ledger.accept(packet(1, ROOM_A));
    ledger.accept(packet(2, ROOM_A));
    ledger.accept(packet(3, ROOM_B));
    ledger.deferred(fixture.due(ROOMS), START.plusSeconds(5), "rate limit", false);
    assertEquals("packet 3", fixture.dueText(ROOMS));
  }

  @Test
  void theOldestHeadGoesFirst() throws Exception {
    ledger.accept(packet(1, ROOM_B));
    ledger.accept(packet(2, ROOM_A));
    assertEquals("packet 1", fixture.dueText(ROOMS));
  }

  @Test
  void aClosedAddressWaitsAndHoldsBackNoOther() throws Exception {
    ledger.accept(packet(1, ROOM_A));
    ledger.accept(packet(2, ROOM_B));
    Due due = ledger.due(ROOMS, address -> !address.equals(ROOM_A), fixture.fairness);
    assertEquals("packet 2", due.entry().map(LedgerFixture::text).orElse(""));
    Due none = ledger.due(ROOMS, address -> false, fixture.fairness);
    assertEquals(Optional.empty(), none.entry());
    assertEquals(Optional.empty(), none.next());
  }

  @Test
  void aChannelOfTheMeshIsALaneOfItsOwn() throws Exception {
    Address direct = new Address.Mesh(RadioId.MAIN, new ChannelIndex(0), new NodeId(7));
    ledger.accept(event("1", MESH_0));
    ledger.accept(event("2", MESH_0));
    ledger.accept(event("3", MESH_1));
    ledger.accept(event("4", direct));
    OutboxEntry first = fixture.due(MESH);
    ledger.deferred(first, START.plusSeconds(9), "queue full", false);
    OutboxEntry second = fixture.due(MESH);
    assertEquals(MESH_1, second.address());
    ledger.deferred(second, START.plusSeconds(9), "queue full", false);
    assertEquals(direct, fixture.due(MESH).address());
  }

  @Test
  void aSenderSeesOnlyItsSideAndItsRadio() throws Exception {
    RadioId attic = new RadioId("main-2");
    ledger.accept(event("1", new Address.Mesh(attic, new ChannelIndex(0), new NodeId(7))));
    assertEquals("", fixture.dueText(MESH));
    assertEquals("", fixture.dueText(ROOMS));
    assertEquals("event 1", fixture.dueText(Lanes.mesh(attic)));
  }

  @Test
  void withNothingDueTheNextTimeIsTold() throws Exception {
    assertEquals(
        Optional.empty(), ledger.due(ROOMS, address -> true, fixture.fairness).next());
    ledger.accept(packet(1, ROOM_A));
    ledger.accept(packet(2, ROOM_B));
    ledger.deferred(fixture.due(ROOMS), START.plusSeconds(50), "x", false);
    ledger.deferred(fixture.due(ROOMS), START.plusSeconds(40), "x", false);
    assertEquals(
        Optional.of(START.plusSeconds(40)),
        ledger.due(ROOMS, address -> true, fixture.fairness).next());
  }

  @Test
  void aClockThatGoesBackDoesNotStopADeferredMessage() throws Exception {
    ledger.accept(packet(1, ROOM_A));
    ledger.deferred(fixture.due(ROOMS), START.plusSeconds(5), "x", false);
    fixture.clock.pass(Duration.ofDays(-2));
    assertEquals("packet 1", fixture.dueText(ROOMS));
  }

  @Test
  void nothingIsPutOffBeyondTheLimit() throws Exception {
    ledger.accept(packet(1, ROOM_A));
    ledger.deferred(fixture.due(ROOMS), START.plus(Duration.ofDays(3)), "x", false);
    assertEquals(
        Optional.of(START.plus(Ledger.MAX_DEFERRAL)),
        ledger.due(ROOMS, address -> true, fixture.fairness).next());
  }

  @Test
  void waitingEndsWhenSomethingIsAcceptedEvenBeforeTheWaitBegins() throws Exception {
    Due due = ledger.due(ROOMS, address -> true, fixture.fairness);
    ledger.accept(packet(1, ROOM_A));
    ledger.awaitWork(due);
    Due later = ledger.due(ROOMS, address -> false, fixture.fairness);
    CountDownLatch over = new CountDownLatch(1);
    Thread waiter = new Thread(() -> {
      try {
        ledger.awaitWork(later);
        over.countDown();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    waiter.start();
    ledger.unparked();
    over.await();
    waiter.join();
  }

  @Test
  void waitingEndsWhenTheNextEntryIsDue() throws Exception {
    ledger.accept(packet(1, ROOM_A));
    ledger.deferred(fixture.due(ROOMS), START.plusSeconds(5), "x", false);
    Due due = ledger.due(ROOMS, address -> true, fixture.fairness);
    fixture.clock.pass(Duration.ofSeconds(5));
    ledger.awaitWork(due);
    assertEquals("packet 1", fixture.dueText(ROOMS));
  }

  @Test
  void tenThousandWaitingRowsAreReachedByTheIndexAlone() throws Exception {
    fixture.database.write(tx -> tx.update("""
                INSERT INTO outbox(
                  id, lane, payload, token, part, parts, accepted_at, expires_at, history)
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
                SELECT i, 'room:' || (i % 5), 'room NOTICE', 't', 1, 1, 0, 0, '' FROM n
                """));
    for (String sql :
        List.of(Outbox.SELECT_NEXT_HEAD, Outbox.SELECT_HEAD_BEHIND, Outbox.SELECT_EXPIRED)) {
      List<String> plan = fixture.database.read(tx -> plan(tx, sql));
      assertEquals(1, plan.size(), plan.toString());
      assertTrue(plan.get(0).contains("outbox_waiting"), plan.toString());
    }
    assertTrue(
        fixture.database.read(tx -> plan(tx, Outbox.SELECT_NEXT_HEAD)).get(0).contains("lane>?"));
    List<String> heads = fixture.database.read(tx -> plan(tx, Outbox.SELECT_HEAD_BEHIND));
    assertTrue(heads.get(0).contains("lane=? AND id>?"), heads.toString());
    assertEquals(
        List.of(5L, 1L, 2L, 3L, 4L),
        fixture
            .database
            .read(tx -> Outbox.front(tx, ROOMS, java.util.Map.of(), 99))
            .heads()
            .stream()
            .map(Outbox.Head::id)
            .toList());
  }

  @Test
  void keysAreFoundByTheirIndexes() throws Exception {
    for (String sql : List.of(
        Outbox.SELECT_SENT_PACKET,
        Tokens.SELECT_PACKET_IN_USE,
        Inbox.SELECT_KNOWN,
        Originals.SELECT_BY_ORIGIN,
        Originals.SELECT_HEARD,
        Outbox.SELECT_WAITING_LANES)) {
      String plan = fixture.database.read(tx -> plan(tx, sql)).toString();
      assertTrue(plan.contains("SEARCH"), plan);
      assertFalse(plan.contains("SCAN"), plan);
    }
  }

  private static List<String> plan(Transaction tx, String sql) throws java.sql.SQLException {
    Object[] unknown = new Object[(int) sql.chars().filter(c -> c == '?').count()];
    java.util.Arrays.fill(unknown, 1);
    return tx.list("EXPLAIN QUERY PLAN " + sql, row -> row.getString(4), unknown);
  }
}
