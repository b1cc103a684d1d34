package org.longwire.relay.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.longwire.relay.queue.LedgerFixture.MESH;
import static org.longwire.relay.queue.LedgerFixture.MESH_0;
import static org.longwire.relay.queue.LedgerFixture.ROOM;
import static org.longwire.relay.queue.LedgerFixture.ROOM_A;
import static org.longwire.relay.queue.LedgerFixture.START;
import static org.longwire.relay.queue.LedgerFixture.arrival;
import static org.longwire.relay.queue.LedgerFixture.event;
import static org.longwire.relay.queue.LedgerFixture.packet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.matrix.EventId;
import org.longwire.matrix.RoomId;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.store.StoreException;

class AcceptingTest {
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
  void aPacketIsAcceptedOnceAndASecondTimeWritesNothing() throws Exception {
    assertTrue(ledger.accept(packet(1, ROOM_A)));
    long log = Files.size(directory.resolve("ledger.db-wal"));
    assertFalse(ledger.accept(packet(1, ROOM_A)));
    assertEquals(log, Files.size(directory.resolve("ledger.db-wal")));
    assertEquals(1, fixture.traceAll("00000001").size());
  }

  @Test
  void packetsOfOtherNodesAndRadiosAreOthers() throws Exception {
    assertTrue(ledger.accept(packet(1, ROOM_A)));
    assertTrue(ledger.accept(
        arrival(new Origin.Packet(RadioId.MAIN, new NodeId(7), new PacketId(1)), "x", ROOM_A)));
    assertTrue(ledger.accept(arrival(
        new Origin.Packet(new RadioId("attic"), LedgerFixture.NODE, new PacketId(1)),
        "x",
        ROOM_A)));
  }

  @Test
  void aPacketIdThatComesRoundAfterADayIsANewPacket() throws Exception {
    ledger.accept(packet(1, ROOM_A));
    fixture.clock.pass(Inbox.DEDUPE_WINDOW.minusMillis(1));
    assertFalse(ledger.accept(packet(1, ROOM_A)));
    fixture.clock.pass(Duration.ofMillis(1));
    assertTrue(ledger.accept(packet(1, ROOM_A)));
    assertFalse(ledger.accept(packet(1, ROOM_A)));
    assertEquals(2, fixture.traceAll("00000001").size());
  }

  @Test
  void anEventIdNeverComesRound() throws Exception {
    assertTrue(ledger.accept(event("one", MESH_0)));
    fixture.clock.pass(Duration.ofDays(300));
    assertFalse(ledger.accept(event("one", MESH_0)));
    Origin elsewhere = new Origin.Event(new RoomId("!other:example.org"), new EventId("$one"));
    assertFalse(ledger.accept(arrival(elsewhere, "x", MESH_0)));
  }

  @Test
  void eventIdsDifferByCase() throws Exception {
    assertTrue(ledger.accept(event("AbC", MESH_0)));
    assertTrue(ledger.accept(event("abc", MESH_0)));
  }

  @Test
  void aNoticeIsGivenOncePerOccasion() throws Exception {
    assertTrue(ledger.accept(arrival(new Origin.Notice("gap !x 1"), "x", ROOM_A)));
    assertFalse(ledger.accept(arrival(new Origin.Notice("gap !x 1"), "x", ROOM_A)));
    assertTrue(ledger.accept(arrival(new Origin.Notice("gap !x 2"), "x", ROOM_A)));
  }

  @Test
  void aMessageWithAVerdictIsKnownAndNotDelivered() throws Exception {
    Arrival filtered = new Arrival(
        new Origin.Event(ROOM, new EventId("$own")),
        START,
        "relay",
        "#a",
        "words",
        Optional.of(new Arrival.Verdict(Fate.FILTERED, "our own message")),
        List.of(),
        Optional.empty());
    assertTrue(ledger.accept(filtered));
    assertFalse(ledger.accept(filtered));
    assertEquals("", fixture.dueText(MESH));
    assertEquals(Fate.FILTERED, fixture.trace("$own").fate());
    assertEquals("our own message", fixture.trace("$own").reason());
  }

  @Test
  void aMessageWithoutAnyFateIsABug() {
    assertThrows(IllegalArgumentException.class, () -> ledger.accept(packet(1)));
    Address[] tooMany = Collections.nCopies(IdSequence.BLOCK, ROOM_A).toArray(Address[]::new);
    assertThrows(IllegalArgumentException.class, () -> ledger.accept(packet(1, tooMany)));
  }

  @Test
  void whatIsAcceptedComesBackAsItWas() throws Exception {
    Arrival sent = packet(1, ROOM_A, MESH_0);
    ledger.accept(sent);
    OutboxEntry room = fixture.due(Lanes.rooms());
    assertEquals(sent.deliveries().get(0).payload(), room.payload());
    assertEquals(ROOM_A, room.address());
    assertEquals(START, room.acceptedAt());
    assertEquals(sent.deliveries().get(0).expiresAt(), room.expiresAt());
    assertEquals(List.of(1, 2, 0), List.of(room.part(), room.parts(), room.attempts()));
    OutboxEntry mesh = fixture.due(MESH);
    assertEquals(sent.deliveries().get(1).payload(), mesh.payload());
    assertEquals(MESH_0, mesh.address());
    assertEquals(room.id() + 1, mesh.id());
  }

  @Test
  void roomsGetTransactionIdsAndTheMeshGetsPacketIds() throws Exception {
    ledger.accept(packet(1, ROOM_A, MESH_0));
    assertTrue(fixture.due(Lanes.rooms()).token().matches("lw[0-9a-f]{32}"));
    assertTrue(fixture.due(MESH).token().matches("[0-9a-f]{8}"));
  }

  @Test
  void orderIsThatOfAcceptanceEvenIfTheClockGoesBackAndTheProcessRestarts() throws Exception {
    ledger.accept(packet(1, ROOM_A));
    long first = fixture.due(Lanes.rooms()).id();
    fixture.clock.pass(Duration.ofDays(-2));
    ledger.accept(packet(2, ROOM_A));
    fixture.close();
    fixture.clock.pass(Duration.ofDays(-200));
    fixture = new LedgerFixture(fixture.file, fixture.clock, 3);
    fixture.ledger.accept(packet(3, ROOM_A));
    OutboxEntry one = fixture.due(Lanes.rooms());
    assertEquals(first, one.id());
    fixture.ledger.delivered(one, "$1");
    OutboxEntry two = fixture.due(Lanes.rooms());
    assertEquals("packet 2", LedgerFixture.text(two));
    fixture.ledger.delivered(two, "$2");
    OutboxEntry three = fixture.due(Lanes.rooms());
    assertEquals("packet 3", LedgerFixture.text(three));
    assertTrue(one.id() < two.id() && two.id() < three.id());
  }
}
