package org.longwire.relay.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.matrix.EventId;
import org.longwire.matrix.MessageContent;
import org.longwire.matrix.RoomId;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.queue.Address;
import org.longwire.relay.queue.Arrival;
import org.longwire.relay.queue.Lanes;
import org.longwire.relay.queue.Ledger;
import org.longwire.relay.queue.Origin;
import org.longwire.relay.queue.OutboxEntry;
import org.longwire.relay.queue.Payload;
import org.longwire.relay.queue.StoreFeed;
import org.longwire.relay.run.StatusBoard;
import org.longwire.relay.run.Worker;
import org.longwire.relay.store.Database;
import org.longwire.relay.store.Options;
import org.longwire.relay.store.repository.ArchivedMessage;
import org.longwire.relay.store.repository.LinkKey;
import org.longwire.relay.store.repository.MessageLink;

/** What the store is told of what the ledger knows, and what becomes of it while it is away. */
class ChronicleTest {
  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");
  private static final Address.Room ROOM = new Address.Room("#mesh:example.org");
  private static final RoomId ROOM_ID = new RoomId("!abc:example.org");
  private static final NodeId ALICE = new NodeId(0x5e1f0001);
  private static final ChannelIndex FIRST = new ChannelIndex(0);
  private static final LinkKey LINK = new LinkKey(ROOM.configured(), RadioId.MAIN, FIRST);

  @TempDir
  Path directory;

  private final StatusBoard status = new StatusBoard(() -> NOW);
  private final PortalTable portals = PortalTable.of(
      List.of(new RelayConfig.Bridge(ROOM.configured(), List.of(), RadioId.MAIN, FIRST)));
  private final HandStore store = new HandStore();
  private Database database;
  private Worker writer;
  private Ledger ledger;
  private Chronicle chronicle;
  private int woken;

  @BeforeEach
  void open() throws Exception {
    database =
        Database.open(directory.resolve("ledger.db"), Options.ledger().withNanoTime(() -> 0));
    writer = new Worker("store-writer", database.worker(), Duration.ofSeconds(10), bug -> {});
    ledger = Ledger.open(database, () -> NOW, new Random(1));
    portals.open(portals.all().get(0), ROOM_ID);
    begin();
  }

  private void begin() {
    chronicle = new Chronicle(
        new Chronicle.Means(
            new StoreFeed(database), store.map(), store.archive(), portals, Map.of()),
        "Forx",
        status,
        () -> NOW);
    chronicle.onNews(() -> woken++);
    ledger.watch(chronicle);
  }

  @AfterEach
  void close() {
    writer.close();
    database.close();
  }

  private void hear(int id, String text) throws Exception {
    ledger.accept(new Arrival(
        new Origin.Packet(RadioId.MAIN, ALICE, new PacketId(id)),
        NOW.minusSeconds(1),
        "Alice " + ALICE,
        new MeshPlace(FIRST, RadioId.MAIN).words(),
        text,
        Optional.empty(),
        List.of(new Arrival.NewEntry(
            ROOM,
            new Payload.RoomMessage(MessageContent.notice(text)),
            NOW.plusSeconds(60),
            1,
            1))));
  }

  private void deliver(String event) throws Exception {
    OutboxEntry entry = ledger.due(Lanes.rooms(), address -> true).entry().orElseThrow();
    ledger.delivered(entry, event);
  }

  private static MessageLink link(int packet, String event) {
    return new MessageLink(
        RadioId.MAIN, ALICE, new PacketId(packet), FIRST, ROOM_ID, new EventId(event), 1, NOW);
  }

  @Test
  void aDeliveryIsMappedAndItsMessageArchived() throws Exception {
    hear(1, "one");
    deliver("$1");
    assertEquals(1, woken);
    assertEquals(List.of(), store.links, "nothing on the sender's thread");
    chronicle.news();
    assertEquals(List.of(link(1, "$1")), store.links);
    assertEquals(
        List.of(new ArchivedMessage(
            0,
            LINK,
            "Forx",
            NOW.minusSeconds(1),
            "Alice " + ALICE,
            Optional.of(ALICE),
            Optional.of(new PacketId(1)),
            Optional.empty(),
            true,
            "one")),
        store.messages);
  }

  @Test
  void whatTheStoreHasIsNotToldAgainEvenByAnotherProcess() throws Exception {
    hear(1, "one");
    deliver("$1");
    chronicle.news();
    ledger.flush();
    chronicle.round();
    assertEquals(1, store.links.size());
    ledger.flush();
    begin();
    chronicle.round();
    assertEquals(1, store.links.size());
    assertEquals(1, store.messages.size());
  }

  @Test
  void whileTheStoreIsAwayItsNewsWaitInTheLedger() throws Exception {
    store.away = true;
    hear(1, "one");
    hear(2, "two");
    deliver("$1");
    deliver("$2");
    chronicle.round();
    assertTrue(
        status.entries().get(Chronicle.PART).sentence().contains("the store is away"),
        status.entries()::toString);
    store.away = false;
    ledger.flush();
    begin();
    chronicle.round();
    assertEquals(List.of(link(1, "$1"), link(2, "$2")), store.links);
    assertEquals(
        List.of("one", "two"),
        store.messages.stream().map(ArchivedMessage::text).toList());
    assertFalse(status.entries().containsKey(Chronicle.PART));
  }

  @Test
  void aRoomThatIsNotKnownYetIsWaitedFor() throws Exception {
    portals.shut(portals.all().get(0), new Portal.State.Closed("not joined yet"));
    hear(1, "one");
    deliver("$1");
    chronicle.round();
    assertEquals(List.of(), store.links);
    ledger.flush();
    portals.open(portals.all().get(0), ROOM_ID);
    chronicle.round();
    assertEquals(List.of(link(1, "$1")), store.links);
  }

  @Test
  void aStoreThatTakesItsTimeIsToldNoMoreThanItCanHold() throws Exception {
    store.slow = true;
    int many = Chronicle.MAX_UNDER_WAY + 20;
    for (int i = 1; i <= many; i++) {
      hear(i, "text " + i);
      deliver("$" + i);
    }
    ledger.flush();
    chronicle.round();
    assertEquals(Chronicle.MAX_UNDER_WAY, store.links.size());
    store.finish();
    chronicle.round();
    ledger.flush();
    store.finish();
    chronicle.round();
    assertEquals(many, store.links.size());
    while (store.messages.size() < many) {
      store.finish();
      chronicle.round();
    }
    assertEquals("text " + many, store.messages.get(store.messages.size() - 1).text());
  }

  @Test
  void aNoticeOfOursHasNothingToBeMappedTo() throws Exception {
    ledger.accept(new Arrival(
        new Origin.Notice("too long"),
        NOW,
        "longwire",
        ROOM.configured(),
        "too long",
        Optional.empty(),
        List.of(new Arrival.NewEntry(
            ROOM,
            new Payload.RoomMessage(MessageContent.notice("too long")),
            NOW.plusSeconds(60),
            1,
            1))));
    deliver("$n");
    chronicle.round();
    chronicle.round();
    ledger.flush();
    assertEquals(List.of(), store.links);
    assertTrue(new StoreFeed(database).delivered(0).isEmpty());
  }

  private void damage(String sql, Object... values) throws Exception {
    ledger.flush();
    int changed = database.write(tx -> tx.update(sql, values));
    assertEquals(1, changed);
  }

  @Test
  void aDamagedRowOfTheLedgerIsPassedOver() throws Exception {
    hear(1, "one");
    hear(2, "two");
    deliver("$1");
    deliver("$2");
    damage("UPDATE inbox SET origin = 'packet what' WHERE text = 'one'");
    chronicle.round();
    chronicle.round();
    ledger.flush();
    chronicle.close();
    assertEquals(List.of(link(2, "$2")), store.links);
    assertEquals(
        List.of("two"), store.messages.stream().map(ArchivedMessage::text).toList());
    StoreFeed feed = new StoreFeed(database);
    assertTrue(feed.delivered(0).isEmpty(), "the damaged one is not looked at again");
    assertTrue(feed.said(feed.archived()).isEmpty());
  }

  @Test
  void aDeliveryWhoseOtherNameIsNoneIsPassedOver() throws Exception {
    hear(1, "one");
    hear(2, "two");
    deliver("not an event");
    deliver("$2");
    chronicle.round();
    chronicle.round();
    ledger.flush();
    assertEquals(List.of(link(2, "$2")), store.links);
    assertTrue(new StoreFeed(database).delivered(0).isEmpty());
  }

  @Test
  void aPlaceThatNamesNoRadioIsNotArchivedAndStopsNothing() throws Exception {
    hear(1, "one");
    hear(2, "two");
    damage("UPDATE inbox SET place = 'channel 0 of No Radio' WHERE text = 'one'");
    chronicle.round();
    assertEquals(
        List.of("two"), store.messages.stream().map(ArchivedMessage::text).toList());
  }

  @Test
  void closingThrowsNothing() throws Exception {
    store.broken = true;
    hear(1, "one");
    deliver("$1");
    chronicle.close();
    assertEquals(List.of(), store.links);
  }
}
