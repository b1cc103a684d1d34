package org.longwire.relay.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.longwire.relay.queue.LedgerFixture.MESH;
import static org.longwire.relay.queue.LedgerFixture.MESH_0;
import static org.longwire.relay.queue.LedgerFixture.ROOM;
import static org.longwire.relay.queue.LedgerFixture.ROOM_A;
import static org.longwire.relay.queue.LedgerFixture.START;
import static org.longwire.relay.queue.LedgerFixture.packet;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.matrix.EventId;
import org.longwire.matrix.UserId;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.store.StoreException;

/** One person or one flood does not take the channel. */
class FloodTest {
  private static final int FLOOD = 200;
  private static final UserId MALLORY = new UserId("@mallory:example.org");
  private static final UserId ALICE = new UserId("@alice:example.org");

  @TempDir
  Path directory;

  private LedgerFixture fixture;
  private Ledger ledger;
  private Fairness fairness;
  private int events;
  private final List<String> sent = new ArrayList<>();

  @BeforeEach
  void open() throws StoreException {
    fixture = new LedgerFixture(directory.resolve("ledger.db"));
    ledger = fixture.ledger;
    fairness = Fairness.toMesh(fixture.nanoTime);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private void say(UserId user, String text, Precedence precedence, Address to, int parts)
      throws Exception {
    List<Arrival.NewEntry> deliveries = new ArrayList<>();
    for (int part = 1; part <= parts; part++) {
      String words = parts == 1 ? text : text + " " + part;
      Arrival.NewEntry plain = LedgerFixture.delivery(to, words, part, parts);
      deliveries.add(
          new Arrival.NewEntry(to, plain.payload(), plain.expiresAt(), part, parts, precedence));
    }
    ledger.accept(new Arrival(
        new Origin.Event(ROOM, new EventId("$" + ++events)),
        START,
        user.value(),
        ROOM.value(),
        text,
        Optional.empty(),
        deliveries,
        Optional.empty()));
  }

  private void chat(UserId user, String text) throws Exception {
    say(user, text, Precedence.CHAT, MESH_0, 1);
  }

  private void flood() throws Exception {
    for (int i = 1; i <= FLOOD; i++) {
      chat(MALLORY, "flood " + i);
    }
  }

  /** Delivers so many, as slowly as a radio may take them. */
  private void send(Lanes lanes, int count) throws Exception {
    OutboxWorker worker = new OutboxWorker(ledger, lanes, new Taking(), fairness, rest -> {});
    for (int i = 0; i < count; i++) {
      worker.work();
      fixture.nanoTime.pass(Duration.ofSeconds(20));
    }
  }

  private final class Taking implements Destination {
    @Override
    public Delivery deliver(OutboxEntry entry) {
      sent.add(LedgerFixture.text(entry));
      return new Delivery.Delivered(entry.token());
    }

    @Override
    public boolean isOpen(Address address) {
      return true;
    }
  }

  @Test
  void withinTheirAllowancePeopleGoInTheOrderInWhichTheySpoke() throws Exception {
    List<String> said = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      UserId user = i % 2 == 0 ? ALICE : MALLORY;
      said.add("word " + i);
      chat(user, "word " + i);
    }
    send(MESH, 6);
    assertEquals(said, sent);
  }

  @Test
  void aFloodFromARoomDelaysNobodyElseForLong() throws Exception {
    flood();
    chat(ALICE, "hello");
    send(MESH, Fairness.TO_MESH.atOnce() + 1);
    assertTrue(sent.contains("hello"), sent.toString());
    chat(ALICE, "hello again");
    send(MESH, 1);
    assertTrue(sent.contains("hello again"), sent.toString());
  }

  @Test
  void aFloodGoesOnInItsOrderWhenNobodyElseWaits() throws Exception {
    flood();
    send(MESH, FLOOD);
    assertEquals(FLOOD, sent.size());
    assertEquals("flood 1", sent.get(0));
    assertEquals("flood " + FLOOD, sent.get(FLOOD - 1));
  }

  @Test
  void aFloodFromTheMeshDelaysNobodyElseForLong() throws Exception {
    fairness = Fairness.toRooms(fixture.nanoTime);
    for (int i = 1; i <= FLOOD; i++) {
      ledger.accept(packet(i, ROOM_A));
    }
    Origin other = new Origin.Packet(RadioId.MAIN, new NodeId(7), new PacketId(9_999));
    ledger.accept(LedgerFixture.arrival(other, "hello", ROOM_A));
    send(Lanes.rooms(), Fairness.TO_ROOMS.atOnce() + 1);
    assertTrue(sent.contains("hello"), sent.toString());
  }

  @Test
  void aReplyOvertakesTheChatOfOthersAndADirectMessageAll() throws Exception {
    for (int i = 1; i <= 5; i++) {
      chat(MALLORY, "chat " + i);
    }
    say(ALICE, "plugin", Precedence.PLUGIN, MESH_0, 1);
    say(ALICE, "reply", Precedence.ANSWER, MESH_0, 1);
    Address node = new Address.Mesh(RadioId.MAIN, new ChannelIndex(0), new NodeId(7));
    say(ALICE, "direct", Precedence.DIRECT, node, 1);
    send(MESH, 8);
    assertEquals(
        List.of("direct", "reply", "chat 1", "chat 2", "chat 3", "chat 4", "chat 5", "plugin"),
        sent);
  }

  @Test
  void inARoomAReplyDoesNotOvertakeWhatWasSaidBefore() throws Exception {
    say(MALLORY, "chat", Precedence.CHAT, ROOM_A, 1);
    say(ALICE, "reply", Precedence.ANSWER, ROOM_A, 1);
    send(Lanes.rooms(), 2);
    assertEquals(List.of("chat", "reply"), sent);
  }

  @Test
  void aMessageOfSomebodyWithinTheAllowanceIsNotTornApart() throws Exception {
    say(ALICE, "long", Precedence.CHAT, MESH_0, 3);
    flood();
    send(MESH, 3);
    assertEquals(List.of("long 1", "long 2", "long 3"), sent);
    send(MESH, Fairness.TO_MESH.atOnce());
    say(ALICE, "longer", Precedence.CHAT, MESH_0, 4);
    sent.clear();
    send(MESH, 5);
    assertEquals(List.of("longer 1", "longer 2", "longer 3", "longer 4", "flood 9"), sent);
  }

  @Test
  void rowsOfAnEarlierVersionAreDeliveredInTheirPlace() throws Exception {
    chat(MALLORY, "before");
    fixture.database.write(tx -> tx.update("UPDATE outbox SET lane = 'mesh:main:0:ffffffff'"));
    chat(ALICE, "after");
    try (QueueView view = QueueView.open(fixture.file)) {
      assertEquals(
          List.of(MESH_0, MESH_0),
          view.waiting(9).stream().map(QueueView.Line::address).toList());
    }
    ledger.deferred(fixture.due(MESH), START.plusSeconds(5), "queue full", false);
    assertEquals("", fixture.dueText(MESH));
    fixture.clock.pass(Duration.ofSeconds(5));
    send(MESH, 2);
    assertEquals(List.of("before", "after"), sent);
  }

  @Test
  void theStoreIsToldOfEachAddressOnce() throws Exception {
    say(ALICE, "long", Precedence.ANSWER, MESH_0, 3);
    fixture.database.write(
        tx -> tx.update("UPDATE outbox SET lane = 'mesh:main:0:ffffffff' WHERE part = 1"));
    StoreFeed feed = new StoreFeed(fixture.database);
    assertEquals(List.of(MESH_0), feed.said(0).rows().get(0).to());
  }

  @Test
  void whatWaitsIsCountedByAuthorAndAddress() throws Exception {
    say(ALICE, "long", Precedence.ANSWER, MESH_0, 3);
    chat(ALICE, "hello");
    chat(MALLORY, "hi");
    say(ALICE, "elsewhere", Precedence.CHAT, LedgerFixture.MESH_1, 1);
    assertEquals(4, ledger.waiting(MESH_0, Author.of(ALICE)));
    assertEquals(1, ledger.waiting(MESH_0, Author.of(MALLORY)));
    send(MESH, 1);
    assertEquals(3, ledger.waiting(MESH_0, Author.of(ALICE)), "though it is not written yet");
    ledger.accept(packet(1, ROOM_A));
    assertEquals(1, ledger.waiting(ROOM_A, Author.of(LedgerFixture.NODE)));
    assertEquals(0, ledger.waiting(ROOM_A, Author.RELAY));
  }

  @Test
  void forgedNamesMakeNoLookLongAndStarveNobody() throws Exception {
    int forged = 3 * Turns.MAX_LANES;
    fill(forged);
    Outbox.Front front =
        fixture.database.read(tx -> Outbox.front(tx, MESH, Map.of(), Turns.MAX_LANES));
    assertEquals(Turns.MAX_LANES, front.heads().size());
    assertTrue(front.stoppedAt().isPresent());
    Set<String> first = new HashSet<>();
    for (int i = 0; i < 8; i++) {
      ledger.due(MESH, address -> true, fairness);
      fairness.stoppedAt().ifPresent(first::add);
    }
    assertEquals(3, first.size(), "the looks go round");
    send(MESH, forged);
    assertEquals(forged, sent.size());
    assertEquals(forged, new HashSet<>(sent).size());
  }

  @Test
  void whereTooManyWaitAndNoneOfThemIsDueTheOthersAreLookedAtSoon() throws Exception {
    fill(Turns.MAX_LANES + 1);
    Due due = ledger.due(MESH, address -> false, fairness);
    assertEquals(Optional.of(START.plus(Turns.NEXT_LANES)), due.next());
    assertTrue(ledger.due(MESH, address -> true, fairness).entry().isPresent(), "the last one");
  }

  /** One word each by so many, who are all unknown to us. */
  private void fill(int authors) throws Exception {
    fixture.database.write(tx -> {
      for (int i = 0; i < authors; i++) {
        Lane lane = Lane.of(MESH_0, Precedence.CHAT, Author.of(new NodeId(1_000 + i)));
        tx.update(
            """
            INSERT INTO outbox(
              id, lane, radio, payload, token, part, parts, accepted_at, expires_at, history)
            VALUES (?, ?, 'main', ?, ?, 1, 1, 0, ?, '')
            """,
            64 * i + 1,
            lane.key(),
            PayloadCodec.encode(new Payload.MeshText("word " + i, Optional.empty())),
            "%08x".formatted(i + 1),
            START.plusSeconds(3_600));
      }
      return authors;
    });
  }
}
