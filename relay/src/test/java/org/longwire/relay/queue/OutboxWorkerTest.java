package org.longwire.relay.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.longwire.relay.queue.LedgerFixture.MESH;
import static org.longwire.relay.queue.LedgerFixture.MESH_0;
import static org.longwire.relay.queue.LedgerFixture.ROOM_A;
import static org.longwire.relay.queue.LedgerFixture.ROOM_B;
import static org.longwire.relay.queue.LedgerFixture.event;
import static org.longwire.relay.queue.LedgerFixture.packet;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.relay.store.StoreException;

class OutboxWorkerTest {
  @TempDir
  Path directory;

  private LedgerFixture fixture;
  private Ledger ledger;
  private final Scripted destination = new Scripted();
  private final List<Duration> rests = new ArrayList<>();

  @BeforeEach
  void open() throws StoreException {
    fixture = new LedgerFixture(directory.resolve("ledger.db"));
    ledger = fixture.ledger;
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private OutboxWorker worker(Lanes lanes) {
    return new OutboxWorker(ledger, lanes, destination, fixture.fairness, rests::add);
  }

  @Test
  void eachOutcomeSettlesItsEntry() throws Exception {
    for (int i = 1; i <= 3; i++) {
      ledger.accept(packet(i, ROOM_A));
    }
    OutboxWorker worker = worker(Lanes.rooms());
    destination.answer = entry -> new Delivery.Delivered("$1");
    worker.step();
    destination.answer = entry -> new Delivery.Refused("too large");
    worker.step();
    destination.answer = entry -> new Delivery.Later(Duration.ofSeconds(4), "server away", false);
    worker.step();
    ledger.flush();
    assertEquals(List.of("packet 1", "packet 2", "packet 3"), destination.texts());
    assertEquals("$1", fixture.trace("00000001").deliveries().get(0).remoteId());
    assertEquals(Fate.REFUSED, fixture.trace("00000002").fate());
    assertEquals("too large", fixture.trace("00000002").reason());
    assertEquals(Fate.WAITING, fixture.trace("00000003").fate());
    assertEquals("", fixture.dueText(Lanes.rooms()));
    fixture.clock.pass(Duration.ofSeconds(4));
    assertEquals("packet 3", fixture.dueText(Lanes.rooms()));
  }

  @Test
  void aRefusedPacketIdIsNeverUsedAgain() throws Exception {
    ledger.accept(event("1", MESH_0));
    destination.answer = entry -> new Delivery.Renewed(Duration.ofSeconds(2), "rate limit");
    OutboxWorker worker = worker(MESH);
    worker.step();
    assertEquals("", fixture.dueText(MESH));
    fixture.clock.pass(Duration.ofSeconds(2));
    destination.answer = entry -> new Delivery.Delivered(entry.token());
    worker.step();
    assertNotEquals(destination.seen.get(0).token(), destination.seen.get(1).token());
    assertEquals(0, destination.seen.get(1).attempts());
  }

  @Test
  void whatWaitedTooLongIsNotAttempted() throws Exception {
    ledger.accept(packet(1, ROOM_A));
    fixture.clock.pass(Duration.ofHours(2));
    worker(Lanes.rooms()).step();
    assertEquals(List.of(), destination.seen);
    ledger.flush();
    assertEquals(Fate.EXPIRED, fixture.trace("00000001").fate());
  }

  @Test
  void anInterruptedAttemptStaysAsItWas() throws Exception {
    ledger.accept(packet(1, ROOM_A));
    destination.interrupted = true;
    assertThrows(InterruptedException.class, () -> worker(Lanes.rooms()).step());
    ledger.flush();
    assertEquals(destination.seen.get(0), fixture.due(Lanes.rooms()));
  }

  @Test
  void anOpenRoomIsServedWhileAnotherIsClosed() throws Exception {
    ledger.accept(packet(1, ROOM_A));
    ledger.accept(packet(2, ROOM_B));
    destination.closed = ROOM_A;
    worker(Lanes.rooms()).step();
    assertEquals(List.of("packet 2"), destination.texts());
  }

  @Test
  void outcomesThatCannotBeWrittenAreNotAttemptedAgainAndAreWrittenLater() throws Exception {
    for (int i = 1; i <= 3; i++) {
      ledger.accept(packet(i, ROOM_A));
    }
    OutboxWorker worker = worker(Lanes.rooms());
    worker.step();
    worker.step();
    fixture.pragma("query_only = ON");
    assertThrows(StoreException.ReadOnly.class, () -> ledger.flush());
    assertEquals("packet 3", fixture.dueText(Lanes.rooms()));
    assertEquals(Fate.DELIVERED, fixture.trace("00000001").fate(), "the pragma's commit took it");
    worker.step();
    assertEquals(List.of("packet 1", "packet 2", "packet 3"), destination.texts());
    ledger.flush();
    assertEquals(Fate.DELIVERED, fixture.trace("00000003").fate());
  }

  @Test
  void marksThatFailedAreRetriedAfterAPauseInTheirOrder() throws Exception {
    ledger.accept(packet(1, ROOM_A));
    ledger.accept(packet(2, ROOM_A));
    OutboxWorker worker = worker(Lanes.rooms());
    fixture.pragma("query_only = ON");
    worker.step();
    assertThrows(StoreException.ReadOnly.class, () -> fixture.database.flush());
    assertEquals("packet 2", fixture.dueText(Lanes.rooms()), "known though not written");
    worker.step();
    assertEquals(List.of(Conditions.STORE_PAUSE), rests);
    assertEquals(List.of("packet 1", "packet 2"), destination.texts());
    fixture.database.flush();
    assertEquals(Fate.DELIVERED, fixture.trace("00000001").fate());
    assertEquals(Fate.DELIVERED, fixture.trace("00000002").fate());
  }

  @Test
  void aRenewalThatCannotBeWrittenIsInsistedOnBeforeTheNextAttempt() throws Exception {
    ledger.accept(event("1", MESH_0));
    fixture.pragma("query_only = ON");
    destination.answer = entry -> new Delivery.Renewed(Duration.ZERO, "rate limit");
    OutboxWorker worker = worker(MESH);
    worker.step();
    assertEquals(List.of(Conditions.STORE_PAUSE), rests);
    destination.answer = entry -> new Delivery.Delivered(entry.token());
    worker.step();
    assertEquals(1, destination.seen.size(), "one step, one round of insisting");
    worker.step();
    assertNotEquals(destination.seen.get(0).token(), destination.seen.get(1).token());
  }

  @Test
  void aClosedLedgerEndsTheWorker() {
    fixture.close();
    assertThrows(IllegalStateException.class, () -> worker(MESH).step());
  }

  /** Answers as told and remembers what it was given. */
  private static final class Scripted implements Destination {
    private final List<OutboxEntry> seen = new ArrayList<>();
    private Function<OutboxEntry, Delivery> answer =
        entry -> new Delivery.Delivered("$" + entry.id());
    private boolean interrupted;
    private Address closed = new Address.Room("none");

    @Override
    public Delivery deliver(OutboxEntry entry) throws InterruptedException {
      seen.add(entry);
      if (interrupted) {
        throw new InterruptedException("asked to stop");
      }
      return answer.apply(entry);
    }

    @Override
    public boolean isOpen(Address address) {
      return !address.equals(closed);
    }

    private List<String> texts() {
      return seen.stream().map(LedgerFixture::text).toList();
    }
  }
}
