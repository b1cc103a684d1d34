package org.longwire.relay.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.longwire.relay.queue.LedgerFixture.MESH;
import static org.longwire.relay.queue.LedgerFixture.MESH_0;
import static org.longwire.relay.queue.LedgerFixture.MESH_1;
import static org.longwire.relay.queue.LedgerFixture.ROOM;
import static org.longwire.relay.queue.LedgerFixture.ROOM_A;
import static org.longwire.relay.queue.LedgerFixture.ROOM_B;
import static org.longwire.relay.queue.LedgerFixture.event;
import static org.longwire.relay.queue.LedgerFixture.packet;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.matrix.EventId;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.UserId;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.RadioId;

/** Messages are found by either side's names, changed while they wait, and taken back. */
class OriginalsTest {
  private static final Lanes ROOMS = Lanes.rooms();
  private static final RadioId WEST = new RadioId("west");

  @TempDir
  Path directory;

  private LedgerFixture fixture;
  private Ledger ledger;

  @BeforeEach
  void open() throws Exception {
    fixture = new LedgerFixture(directory.resolve("ledger.db"));
    ledger = fixture.ledger;
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private Origin said(String event) {
    return new Origin.Event(ROOM, new EventId("$" + event));
  }

  private Original found(Origin origin) throws Exception {
    return ledger.originals().of(origin).orElseThrow();
  }

  private static PacketId sent(OutboxEntry entry) {
    return PacketId.parse(entry.token());
  }

  @Test
  void aHeardPacketIsFoundByItsIdAloneOnItsOwnRadio() throws Exception {
    ledger.accept(packet(7, ROOM_A));
    Original original = ofPacket(RadioId.MAIN, new PacketId(7)).orElseThrow();
    assertEquals("packet 7", original.text());
    assertTrue(original.goesTo(ROOM_A));
    assertFalse(original.goesTo(ROOM_B));
    assertEquals(Optional.empty(), ofPacket(WEST, new PacketId(7)));
    assertEquals(Optional.empty(), ofPacket(RadioId.MAIN, new PacketId(8)));
  }

  private Optional<Original> ofPacket(RadioId radio, PacketId packet) throws Exception {
    return ledger.originals().ofPacket(radio, packet, ledger.now()).stream().findFirst();
  }

  /** Ids come round, but nobody takes over another's by repeating it. */
  @Test
  void ofPacketsWithOneIdTheFirstOfTheDayCountsAndThenTheLatest() throws Exception {
    for (int node = 1; node <= 3; node++) {
      Origin origin = new Origin.Packet(RadioId.MAIN, new NodeId(node), new PacketId(7));
      ledger.accept(LedgerFixture.arrival(origin, "by " + node, ROOM_A));
      fixture.clock.pass(Duration.ofHours(10));
    }
    assertEquals(List.of("by 2", "by 3", "by 1"), wordsOf(new PacketId(7)));
    fixture.clock.pass(Duration.ofHours(24));
    assertEquals(List.of("by 3", "by 2", "by 1"), wordsOf(new PacketId(7)));
  }

  private List<String> wordsOf(PacketId packet) throws Exception {
    return ledger.originals().ofPacket(RadioId.MAIN, packet, ledger.now()).stream()
        .map(Original::text)
        .toList();
  }

  @Test
  void aSentPacketIsFoundUnderTheIdItHasNow() throws Exception {
    ledger.accept(event("1", MESH_0, MESH_0));
    OutboxEntry first = fixture.due(MESH);
    OutboxEntry renewed = ledger.renew(first, "too soon");
    assertEquals(said("1"), ofPacket(RadioId.MAIN, sent(renewed)).orElseThrow().origin());
    assertEquals(Optional.empty(), ofPacket(RadioId.MAIN, sent(first)));
    assertEquals(Optional.empty(), ledger.originals().nameAt(said("1"), MESH_0));
    ledger.delivered(renewed, renewed.token());
    assertEquals(Optional.of(renewed.token()), ledger.originals().nameAt(said("1"), MESH_0));
    assertEquals(Optional.empty(), ledger.originals().nameAt(said("1"), MESH_1));
  }

  @Test
  void whatWasPostedIsFoundBeforeAndAfterItsMarkIsWritten() throws Exception {
    ledger.accept(packet(7, ROOM_A, ROOM_B));
    OutboxEntry entry = fixture.due(ROOMS);
    ledger.delivered(entry, "$seven");
    assertEquals("packet 7", posted("$seven"));
    ledger.flush();
    assertEquals("packet 7", posted("$seven"));
    assertEquals("", posted("$eight"));
    assertEquals("", posted(""));
  }

  private String posted(String event) throws Exception {
    return event.isEmpty()
        ? ""
        : ledger.originals().posted(new EventId(event)).map(Original::text).orElse("");
  }

  @Test
  void whatIsTakenBackIsNotSentAlsoAfterACrash() throws Exception {
    ledger.accept(event("1", MESH_0, MESH_0));
    ledger.accept(event("2", MESH_0));
    ledger.withdrawals().rest(found(said("1")), "taken back");
    try (LedgerFixture later = fixture.afterCrash(directory.resolve("crash"))) {
      assertEquals("event 2", later.dueText(MESH));
    }
    assertEquals("event 2", fixture.dueText(MESH));
    assertFalse(found(said("1")).goesTo(MESH_0));
    assertEquals(
        List.of(Fate.FILTERED, Fate.FILTERED),
        fixture.trace("event 1").deliveries().stream()
            .map(TraceEntry.TraceDelivery::fate)
            .toList());
  }

  @Test
  void whatASenderHoldsGoesItsWay() throws Exception {
    ledger.accept(event("1", MESH_0));
    OutboxEntry held = fixture.due(MESH);
    ledger.withdrawals().rest(found(said("1")), "taken back");
    ledger.delivered(held, held.token());
    assertEquals(Fate.DELIVERED, found(said("1")).deliveries().get(0).fate());
  }

  @Test
  void aMessageOfWhichSomethingWentItsWayIsNotTakenBackAsAWhole() throws Exception {
    ledger.accept(event("1", MESH_0, MESH_0));
    OutboxEntry first = fixture.due(MESH);
    assertFalse(ledger.withdrawals().whole(found(said("1")), "changed"));
    ledger.delivered(first, first.token());
    assertFalse(ledger.withdrawals().whole(found(said("1")), "changed"));
    assertEquals(
        List.of(Fate.DELIVERED, Fate.WAITING),
        found(said("1")).deliveries().stream().map(Original.Sending::fate).toList());
    ledger.accept(event("2", MESH_1, MESH_1));
    assertTrue(ledger.withdrawals().whole(found(said("2")), "changed"));
    assertFalse(found(said("2")).goesTo(MESH_1));
  }

  @Test
  void changedWordsKeepTheirPlaceAndAreFoundUnderTheOldName() throws Exception {
    ledger.accept(event("1", MESH_0));
    ledger.accept(event("2", MESH_0));
    ledger.withdrawals().rest(found(said("1")), "changed");
    ledger.accept(revision("1b", "better words", MESH_0, MESH_0));
    assertEquals("better words", fixture.dueText(MESH));
    OutboxEntry entry = ledger.due(MESH, a -> true, fixture.fairness).entry().orElseThrow();
    assertEquals("better words", found(said("1")).text());
    assertEquals(said("1"), ofPacket(RadioId.MAIN, sent(entry)).orElseThrow().origin());
    ledger.delivered(entry, entry.token());
    assertEquals(Optional.of(entry.token()), ledger.originals().nameAt(said("1"), MESH_0));
  }

  /** More changes than a message has ids for: the words wait under the last edit's own. */
  @Test
  void noWordsAreLostHoweverOftenTheyAreChanged() throws Exception {
    ledger.accept(event("1", MESH_0));
    for (int i = 0; i < IdSequence.BLOCK + 5; i++) {
      ledger.withdrawals().rest(found(said("1")), "changed");
      if (i > 0) {
        ledger.withdrawals().rest(found(said("edit-" + (i - 1))), "changed");
      }
      ledger.accept(revision("edit-" + i, "words " + i, MESH_0));
    }
    assertEquals("words " + (IdSequence.BLOCK + 4), fixture.dueText(MESH));
    OutboxEntry entry = fixture.due(MESH);
    ledger.delivered(entry, entry.token());
    assertEquals("", fixture.dueText(MESH));
  }

  /** Fairness puts a flood behind everybody else, but no answer before what it answers. */
  @Test
  void anAnswerWaitsBehindAnOverdrawnOriginal() throws Exception {
    for (int i = 1; i <= 40; i++) {
      ledger.accept(packet(i, ROOM_A));
    }
    Origin last = packet(40).origin();
    Origin answer = new Origin.Packet(RadioId.MAIN, new NodeId(0x5e1f0099), new PacketId(0x99));
    Payload reaction = new Payload.RoomReaction(last, "answer", List.of());
    ledger.accept(LedgerFixture.arrival(
        answer,
        "answer",
        List.of(
            new Arrival.NewEntry(ROOM_A, reaction, LedgerFixture.START.plusSeconds(7_200), 1, 1))));
    OutboxEntry entry = fixture.due(ROOMS);
    int before = 0;
    while (!entry.payload().equals(reaction)) {
      before++;
      ledger.delivered(entry, "$" + before);
      entry = fixture.due(ROOMS);
    }
    assertEquals(40, before);
    assertEquals(Optional.of("$40"), ledger.originals().nameAt(last, ROOM_A));
  }

  private Arrival revision(String event, String words, Address... to) {
    Arrival edit = LedgerFixture.arrival(said(event), words, to);
    return edit.judged(Fate.FILTERED, "changed")
        .revising(new Arrival.Revision(said("1"), edit.deliveries()));
  }

  @Test
  void privateRoomsAreRememberedUntilTheyAreClosed() throws Exception {
    DirectRoom room = new DirectRoom(
        new RoomId("!p:example.org"), WEST, new NodeId(0x80000001), new UserId("@a:b"));
    ledger.directRooms().open(room);
    ledger.directRooms().open(room);
    try (LedgerFixture later = fixture.afterCrash(directory.resolve("crash"))) {
      assertEquals(List.of(room), later.ledger.directRooms().all());
    }
    ledger.directRooms().close(room.room());
    assertEquals(List.of(), ledger.directRooms().all());
  }
}
