package org.longwire.relay.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.EventId;
import org.longwire.matrix.MessageContent;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.queue.Address;
import org.longwire.relay.queue.Arrival;
import org.longwire.relay.queue.Origin;
import org.longwire.relay.queue.Payload;
import org.longwire.relay.queue.Seals;
import org.longwire.relay.queue.StoreFeed;
import org.longwire.relay.store.repository.ArchivedMessage;
import org.longwire.relay.store.repository.LinkKey;

/** What the store is told of what the ledger knows, and what becomes of it while it is away. */
class ChronicleTest extends ChronicleFixture {
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
            NOW.minusSeconds(3),
            "Alice " + ALICE,
            Optional.of(ALICE),
            Optional.of(new PacketId(1)),
            Optional.empty(),
            true,
            "one")),
        store.messages);
  }

  @Test
  void whatANodeSaidToUsAloneIsMappedAndNotArchived() throws Exception {
    accept(
        new Origin.Packet(RadioId.MAIN, ALICE, new PacketId(1)),
        MeshPlace.direct(RadioId.MAIN).words(),
        ROOM,
        new Payload.RoomMessage(MessageContent.notice("psst")));
    hear(2, "aloud");
    deliver("$1");
    deliver("$2");
    chronicle.news();
    assertEquals(List.of(link(1, "$1"), link(2, "$2")), store.links);
    assertEquals(
        List.of("aloud"), store.messages.stream().map(ArchivedMessage::text).toList());
  }

  @Test
  void whatIsSaidToOneNodeAloneIsNotArchived() throws Exception {
    for (NodeId to : List.of(ALICE, NodeId.BROADCAST)) {
      accept(
          new Origin.Event(ROOM_ID, new EventId("$to" + to)),
          ROOM_ID.value(),
          new Address.Mesh(RadioId.MAIN, FIRST, to),
          new Payload.MeshText("psst"));
    }
    chronicle.news();
    assertEquals(
        List.of(Optional.of(new EventId("$to" + NodeId.BROADCAST))),
        store.messages.stream().map(ArchivedMessage::event).toList());
  }

  private void accept(Origin origin, String place, Address to, Payload payload) throws Exception {
    ledger.accept(new Arrival(
        origin,
        NOW,
        "somebody",
        place,
        "psst",
        Optional.empty(),
        List.of(new Arrival.NewEntry(to, payload, NOW.plusSeconds(60), 1, 1)),
        Optional.empty()));
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
    chronicle.close();
    begin();
    chronicle.round();
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
    assertEquals(List.of(), store.links);
    store.away = false;
    ledger.flush();
    begin();
    chronicle.round();
    assertEquals(List.of(link(1, "$1"), link(2, "$2")), store.links);
    assertEquals(
        List.of("one", "two"),
        store.messages.stream().map(ArchivedMessage::text).toList());
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
    int many = WritesUnderWay.MAX + 20;
    for (int i = 1; i <= many; i++) {
      hear(i, "text " + i);
      deliver("$" + i);
    }
    ledger.flush();
    chronicle.round();
    assertEquals(WritesUnderWay.MAX, store.links.size());
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
            1)),
        Optional.empty()));
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
    assertTrue(feed.said(feed.archived("primary")).isEmpty());
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

  @Test
  void whatTheSchemaRefusesHoldsUpNothing() throws Exception {
    store.refused = told -> told.equals(link(1, "$1"))
        || told instanceof ArchivedMessage message && message.text().equals("one");
    for (int i = 1; i <= 3; i++) {
      hear(i, i == 1 ? "one" : "text " + i);
      deliver("$" + i);
    }
    ledger.flush();
    chronicle.round();
    chronicle.round();
    ledger.flush();
    assertEquals(List.of(link(2, "$2"), link(3, "$3")), store.links);
    assertEquals(
        List.of("text 2", "text 3"),
        store.messages.stream().map(ArchivedMessage::text).toList());
    StoreFeed feed = new StoreFeed(database);
    assertTrue(feed.delivered(0).isEmpty(), "the refused one is not told again and again");
    assertTrue(feed.said(feed.archived("primary")).isEmpty());
  }

  @Test
  void aMessageThatCannotBeJudgedEndsNothing() throws Exception {
    Address.Room odd = new Address.Room("#odd:example.org");
    keeperOf = link -> {
      if (link.room().equals(odd.configured())) {
        throw new IllegalArgumentException("no such room");
      }
      return "primary";
    };
    begin();
    hear(1, "one", List.of(odd));
    hear(2, "two");
    chronicle.round();
    chronicle.round();
    ledger.flush();
    assertEquals(
        List.of("two"), store.messages.stream().map(ArchivedMessage::text).toList());
    StoreFeed feed = new StoreFeed(database);
    assertTrue(feed.said(feed.archived("primary")).isEmpty());
  }

  @Test
  void whatBreaksTheWritingHoldsUpNothing() throws Exception {
    store.poison = told -> told.equals(link(1, "$1"))
        || told instanceof ArchivedMessage message && message.text().equals("one");
    for (int i = 1; i <= 2; i++) {
      hear(i, i == 1 ? "one" : "two");
      deliver("$" + i);
    }
    ledger.flush();
    chronicle.round();
    chronicle.round();
    ledger.flush();
    assertEquals(List.of(link(2, "$2")), store.links);
    assertEquals(
        List.of("two"), store.messages.stream().map(ArchivedMessage::text).toList());
    StoreFeed feed = new StoreFeed(database);
    assertTrue(feed.delivered(0).isEmpty());
    assertTrue(feed.said(feed.archived("primary")).isEmpty());
  }

  @Test
  void aStoreThatIsAwayKeepsNothingFromTheOthers() throws Exception {
    Address.Room far = new Address.Room("#far:example.org");
    Predicate<LinkKey> isFar = link -> link.room().equals(far.configured());
    keeperOf = link -> isFar.test(link) ? "far" : "primary";
    store.elsewhere = told -> told instanceof ArchivedMessage one && isFar.test(one.link());
    begin(new Seals(database, Map.of("primary", store.seal(), "far", new HandStore().seal())));
    int many = StoreFeed.BATCH + 50;
    for (int i = 1; i <= many; i++) {
      hear(i, "text " + i, List.of(i % 2 == 0 ? ROOM : far));
    }
    for (int turn = 0; turn < 4; turn++) {
      chronicle.round();
    }
    assertEquals(many / 2, store.messages.size());
    assertEquals("text " + many, store.messages.get(many / 2 - 1).text());
    ledger.flush();
    StoreFeed feed = new StoreFeed(database);
    assertTrue(feed.said(feed.archived("primary")).isEmpty());
    assertEquals(0, feed.archived("far"));
    store.elsewhere = told -> false;
    for (int turn = 0; turn < 4; turn++) {
      chronicle.round();
    }
    assertEquals(many, store.messages.size(), "each of them once");
  }

  @Test
  void messagesOfManyLinksDoNotFillTheQueueOfAStoreThatIsAway() throws Exception {
    List<Address.Room> rooms = java.util.stream.IntStream.range(0, 12)
        .mapToObj(i -> new Address.Room("#r" + i + ":example.org"))
        .toList();
    store.slow = true;
    for (int i = 1; i <= 100; i++) {
      hear(i, "text " + i, rooms);
    }
    chronicle.round();
    chronicle.round();
    int most = WritesUnderWay.MAX + rooms.size();
    assertTrue(store.messages.size() <= most, store.messages.size() + " writes under way");
    for (int turn = 0; turn < 10; turn++) {
      store.finish();
      chronicle.round();
    }
    assertEquals(100 * rooms.size(), store.messages.size(), "each of them once");
  }
}
