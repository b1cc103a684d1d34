package org.longwire.relay.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.EventId;
import org.longwire.matrix.RoomId;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.store.ConnectionUse;
import org.longwire.relay.store.repository.MessageLink;
import org.longwire.relay.store.repository.MessageMap;

abstract class MessageMapContract extends RepositoryContract {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.456Z");
  private static final int ROUNDS = 50;

  /** Of one store: the pool's, or a writer and two readers. */
  private static final int MOST_CONNECTIONS = 4;

  private static MessageLink link(int packet, String event, int part, Instant at) {
    return new MessageLink(
        RadioId.MAIN,
        new NodeId(0xf00dbabe),
        new PacketId(packet),
        new ChannelIndex(2),
        new RoomId("!room:example.org"),
        new EventId(event),
        part,
        at);
  }

  private static MessageLink link(int packet, String event) {
    return link(packet, event, 1, NOON);
  }

  @Test
  void fewConnectionsServeManyReadingsAndWrites() throws Exception {
    MessageMap map = backend.map();
    for (int n = 1; n <= ROUNDS; n++) {
      map.remember(link(n, "$event-" + n));
      backend.commit();
      assertEquals(1, map.byPacket(RadioId.MAIN, new PacketId(n)).size());
    }
    ConnectionUse use = backend.store().connections();
    assertTrue(use.uses() >= ROUNDS, use.toString());
    assertTrue(use.opens() >= 1 && use.opens() <= MOST_CONNECTIONS, use.toString());
  }

  @Test
  void aLinkIsFoundByEitherIdBeforeItsCommitAndAfterIt() throws Exception {
    MessageMap map = backend.map();
    MessageLink link = link(0xffffffff, "$one");
    CompletableFuture<Void> remembered = map.remember(link);
    assertEquals(List.of(link), map.byPacket(RadioId.MAIN, link.packet()));
    assertEquals(List.of(link), map.byEvent(link.event()));
    backend.commit();
    remembered.get(10, TimeUnit.SECONDS);
    assertEquals(List.of(link), map.byPacket(RadioId.MAIN, link.packet()));
    backend.reopen();
    assertEquals(List.of(link), backend.map().byPacket(RadioId.MAIN, link.packet()));
    assertEquals(List.of(link), backend.map().byEvent(link.event()));
  }

  @Test
  void rememberingTheSameLinkAgainChangesNothing() throws Exception {
    MessageMap map = backend.map();
    map.remember(link(1, "$one"));
    map.remember(link(1, "$one"));
    backend.commit();
    map.remember(link(1, "$one", 1, NOON.plusSeconds(5)));
    backend.commit();
    assertEquals(1, map.count());
    assertEquals(List.of(link(1, "$one")), map.byEvent(new EventId("$one")));
  }

  @Test
  void idsThatDifferByCaseAreDifferent() throws Exception {
    MessageMap map = backend.map();
    map.remember(link(1, "$AbC"));
    map.remember(link(1, "$abc"));
    backend.commit();
    assertEquals(2, map.count());
    assertEquals(List.of(link(1, "$abc")), map.byEvent(new EventId("$abc")));
  }

  @Test
  void thePartsOfAnEventComeInTheirOrder() throws Exception {
    MessageMap map = backend.map();
    map.remember(link(7, "$long", 3, NOON.plusSeconds(1)));
    map.remember(link(5, "$long", 1, NOON.plusSeconds(3)));
    backend.commit();
    map.remember(link(6, "$long", 2, NOON.plusSeconds(2)));
    assertEquals(
        List.of(1, 2, 3),
        map.byEvent(new EventId("$long")).stream().map(MessageLink::part).toList());
  }

  @Test
  void theEventsOfAPacketComeLatestFirstAndRadiosAreKeptApart() throws Exception {
    MessageMap map = backend.map();
    map.remember(link(1, "$old", 1, NOON));
    map.remember(link(1, "$new", 1, NOON.plusSeconds(1)));
    MessageLink main = link(1, "$elsewhere");
    map.remember(new MessageLink(
        new RadioId("second"),
        main.from(),
        main.packet(),
        main.channel(),
        main.room(),
        main.event(),
        1,
        NOON));
    backend.commit();
    assertEquals(
        List.of(new EventId("$new"), new EventId("$old")),
        map.byPacket(RadioId.MAIN, new PacketId(1)).stream()
            .map(MessageLink::event)
            .toList());
    assertEquals(1, map.byPacket(new RadioId("second"), new PacketId(1)).size());
  }

  @Test
  void trimmingForgetsWhatIsOlder() throws Exception {
    MessageMap map = backend.map();
    for (int i = 1; i <= 10; i++) {
      map.remember(link(i, "$e" + i, 1, NOON.plusSeconds(i)));
    }
    backend.commit();
    assertEquals(4, map.trim(NOON.plusSeconds(5), 1_000));
    assertEquals(6, map.count());
    assertTrue(map.byPacket(RadioId.MAIN, new PacketId(4)).isEmpty());
    assertEquals(1, map.byPacket(RadioId.MAIN, new PacketId(5)).size());
  }

  @Test
  void trimmingKeepsExactlySoManyOfTheLatestEvenOfOneMillisecond() throws Exception {
    MessageMap map = backend.map();
    for (int i = 1; i <= 1_200; i++) {
      map.remember(link(i, "$e" + i, 1, NOON));
      if (i % 600 == 0) {
        backend.commit();
      }
    }
    Instant dayBefore = NOON.minus(Duration.ofDays(1));
    assertEquals(Trimming.BATCH, map.trim(dayBefore, 100));
    assertEquals(Trimming.BATCH, map.trim(dayBefore, 100));
    assertEquals(100, map.trim(dayBefore, 100));
    assertEquals(100, map.count());
    assertEquals(1, map.byPacket(RadioId.MAIN, new PacketId(1_200)).size());
    assertEquals(0, map.trim(dayBefore, 100));
  }
}
