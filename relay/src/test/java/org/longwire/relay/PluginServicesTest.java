package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.EventId;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.sim.PostedEvent;
import org.longwire.plugins.api.About;
import org.longwire.plugins.api.Answer;
import org.longwire.plugins.api.Archive;
import org.longwire.plugins.api.Limits;
import org.longwire.plugins.api.NodeInfo;
import org.longwire.plugins.api.Picture;
import org.longwire.plugins.api.Place;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.RelayState;
import org.longwire.plugins.api.Sending;
import org.longwire.plugins.host.PluginServices;
import org.longwire.plugins.host.StoreChange;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.GeoPoint;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketData;
import org.longwire.radio.PacketId;
import org.longwire.radio.PortNum;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.plugin.RelayServices;
import org.longwire.relay.queue.Ledger;
import org.longwire.relay.store.repository.ArchivedMessage;
import org.longwire.relay.store.repository.LinkKey;

/** What the relay does for a plugin, by what people and nodes see of it. */
class PluginServicesTest extends SteppedRelayTest {
  private static final Place.Channel CHANNEL = new Place.Channel("main", new ChannelIndex(0));

  private RelayServices services() {
    return relay.plugins.services("hand");
  }

  private Place.Room room() {
    return new Place.Room(world.room, false);
  }

  private void send(Sending sending) throws Exception {
    services().send(sending);
    relay.minutes(1);
  }

  private static Sending.Words words(Place place, String text, About about) {
    return new Sending.Words(place, Answer.of(text), Optional.of(about));
  }

  private RoomId dm() throws Exception {
    start("direct { enabled = true, rooms = [ { user = \"%s\", node = \"%s\" } ] }\n"
        .formatted(world.maria, world.ridge.id()));
    relay.seconds(10);
    RoomId room = relay.ledger.directRooms().all().get(0).room();
    world.server.join(room, world.maria);
    relay.seconds(5);
    return room;
  }

  @Test
  void whatPartsSayOfRoomsIsMarkedAsSuch() throws Exception {
    String wish = "{ user = \"@ghost:localhost\", node = \"%s\" }".formatted(world.ridge.id());
    start("mesh.broadcast = false\ndirect { enabled = true, rooms = [ " + wish + " ] }\n");
    relay.seconds(10);
    Map<String, Boolean> parts = relay.plugins.services("hand").parts().stream()
        .collect(Collectors.toMap(part -> part.name().split("[ ,]")[0], RelayState.Part::isOfRoom));
    assertEquals(
        Map.of("radio", false, "matrix", false, "store", false, "room", true, "private", true),
        parts);
  }

  @Test
  void whatAPluginSaysToARoomIsANoticeThatNoRelayPassesOn() throws Exception {
    start();
    send(new Sending.Words(room(), "high water"));
    PostedEvent said = world.notices().get(0);
    assertEquals(Optional.of("high water"), said.body());
    assertTrue(said.content().contains("\"mmrelay_suppress\":1"), said::content);
    assertEquals(List.of(), world.heard());
    assertEquals("plugin hand", relay.only("high water").sender());
  }

  @Test
  void whatAPluginSaysToAChannelIsHeardThereAndShownNowhere() throws Exception {
    start();
    send(new Sending.Words(CHANNEL, "high water"));
    assertEquals(List.of("high water"), world.heard());
    assertEquals(List.of(), world.shown());
  }

  @Test
  void whatItSaysToANodeIsHeardByThatNodeAlone() throws Exception {
    start();
    send(new Sending.Words(new Place.Direct("main", world.ridge.id()), "high water"));
    assertEquals(List.of("high water"), world.heardBy(world.ridge, world.node));
    assertEquals(List.of(), world.heardBy(world.valley, world.node));
  }

  @Test
  void aPictureIsShownWithItsWords() throws Exception {
    start();
    Picture picture = new Picture("tide.png", "image/png", 4, 3, new byte[] {1, 2, 3});
    send(new Sending.Words(room(), Answer.of("the tide").with(picture), Optional.empty()));
    PostedEvent shown = world.sentByUs("m.room.message").get(0);
    assertEquals(Optional.of("m.image"), shown.text("msgtype"));
    assertEquals(Optional.of("the tide"), shown.body());
    assertEquals(Optional.of("tide.png"), shown.text("filename"));
  }

  @Test
  void anAnswerNamesWhatItAnswers() throws Exception {
    start();
    PacketId packet = world.ridge.says("hello");
    EventId event = world.says("hello mesh");
    relay.minutes(1);
    send(words(room(), "to the node", new About.Packet("main", world.ridge.id(), packet)));
    send(words(room(), "to maria", new About.Event(world.room, event)));
    EventId posted = world.server.room(world.room).messages().stream()
        .filter(shown -> shown.body().equals(Optional.of("[RDG] hello")))
        .findFirst()
        .orElseThrow()
        .id();
    List<Optional<String>> answered = world.notices().stream()
        .map(notice -> notice.text("m.relates_to", "m.in_reply_to", "event_id"))
        .toList();
    assertEquals(List.of(Optional.of(posted.value()), Optional.of(event.value())), answered);
  }

  @Test
  void whatWasSaidElsewhereIsNotAnswered() throws Exception {
    RoomId room = dm();
    EventId secret = world.server.userSays(room, world.maria, "our secret");
    relay.minutes(1);
    send(words(room(), "who knows", new About.Event(room, secret)));
    assertTrue(
        world.notices().get(0).text("m.relates_to", "m.in_reply_to", "event_id").isEmpty());
  }

  @Test
  void aReactionIsSetWhereItsTargetWasSaid() throws Exception {
    start();
    PacketId packet = world.ridge.says("hello");
    EventId event = world.says("hello mesh");
    relay.minutes(1);
    send(new Sending.Reaction(new About.Event(world.room, event), "✅"));
    send(new Sending.Reaction(new About.Packet("main", world.ridge.id(), packet), "👍"));
    assertEquals(1, world.sentByUs("m.reaction").size());
    assertTrue(world.heard().contains("👍"), world.heard()::toString);
  }

  @Test
  void aRelayThatOnlyListensSendsNothingForPluginsEither() throws Exception {
    start("mesh.broadcast = false\n");
    PluginException.Refused refused = assertThrows(
        PluginException.Refused.class, () -> services().send(new Sending.Words(CHANNEL, "hello")));
    assertEquals("the relay only listens (mesh.broadcast is off)", refused.getMessage());
    send(new Sending.Words(room(), "hello room"));
    assertEquals(List.of("hello room"), world.shown());
    assertEquals(0, world.firstCopiesOnAir());
  }

  @Test
  void thereIsNoSendingToWhatIsNotThere() throws Exception {
    start();
    for (Place place : List.of(
        new Place.Room(new RoomId("!other:localhost"), false),
        new Place.Room(world.room, true),
        new Place.Channel("attic", new ChannelIndex(0)),
        new Place.Direct("main", NodeId.BROADCAST))) {
      assertThrows(
          PluginException.Refused.class,
          () -> services().send(new Sending.Words(place, "hello")),
          place::toString);
    }
    relay.minutes(1);
    assertEquals(List.of(), world.shown());
    assertEquals(List.of(), world.heard());
  }

  @Test
  void aPacketCrossesARoomUnderItsKey() throws Exception {
    start();
    send(new Sending.PacketNotice(room(), "a packet", "AQID"));
    PostedEvent notice = world.notices().get(0);
    assertEquals(Optional.of("AQID"), notice.text("org.longwire.packet"));
    assertTrue(notice.content().contains("\"mmrelay_suppress\":1"), notice::content);
  }

  @Test
  void packetsAndRouteRequestsGoOnAir() throws Exception {
    start();
    send(new Sending.Packet(
        "main", new ChannelIndex(0), NodeId.BROADCAST, 300, new PacketData("0102")));
    send(new Sending.RouteRequest("main", new ChannelIndex(0), world.ridge.id()));
    List<Integer> ports = world.mesh.transmissions().stream()
        .filter(sent -> sent.packet().from().equals(world.node.id()) && sent.attempt() == 1)
        .map(sent -> sent.packet().port())
        .toList();
    assertTrue(ports.contains(300) && ports.contains(70), ports::toString);
  }

  /** Who asked has been told by then that there was no answer. */
  @Test
  void aRouteRequestThatHasWaitedTooLongNeverGoes() throws Exception {
    start();
    world.cable.pull();
    relay.seconds(30);
    services().send(new Sending.RouteRequest("main", new ChannelIndex(0), world.ridge.id()));
    services().send(new Sending.Words(CHANNEL, "high water"));
    relay.seconds(Math.toIntExact(Limits.ROUTE_REQUEST.toSeconds()));
    world.cable.plug();
    relay.minutes(5);
    assertEquals(List.of("high water"), world.heard());
    assertEquals(
        0,
        world.mesh.transmissions().stream()
            .filter(sent -> sent.packet().port() == PortNum.TRACEROUTE)
            .count());
  }

  @Test
  void aPluginCannotFillTheQueue() throws Exception {
    start();
    world.cable.pull();
    relay.seconds(30);
    RelayServices services = services();
    for (int i = 0; i < Ledger.MAX_WAITING_FOR_MESH; i++) {
      services.send(new Sending.Words(CHANNEL, "wave " + i));
    }
    assertThrows(
        PluginException.QuotaSpent.class,
        () -> services.send(new Sending.Words(CHANNEL, "one too many")));
    relay.plugins.services("other").send(new Sending.Words(CHANNEL, "another plugin's"));
    assertEquals(Ledger.MAX_WAITING_FOR_MESH + 1, relay.waiting());
  }

  @Test
  void whatItKeepsIsItsOwn() throws Exception {
    start();
    RelayServices services = services();
    services.store(
        List.of(
            new StoreChange.Set("", "place", "pier"),
            new StoreChange.Append("", "log", "one", 2),
            new StoreChange.Set("", "old", "x"),
            new StoreChange.Delete("", "old")),
        true);
    assertEquals(Optional.of("pier"), services.stored("", "place"));
    assertEquals(List.of("one"), services.storedList("", "log"));
    assertEquals(List.of("log", "place"), services.storedKeys(""));
    assertEquals(new PluginServices.Kept(9 + 6, 2), services.kept());
    assertEquals(List.of(), relay.plugins.services("other").storedKeys(""));
    assertThrows(
        PluginException.Refused.class,
        () -> services.store(List.of(new StoreChange.Append("", "log", "x", 0)), false));
  }

  @Test
  void nodesAreToldWithWhatTheyHaveToldOfThemselves() throws Exception {
    start();
    world.ridge.isHeardAt(6.25f, -90);
    world.ridge.tellsPosition(0, new GeoPoint(47.5, 8.25));
    world.valley.says("hello");
    relay.seconds(30);
    List<NodeInfo> nodes = services().nodes(10, Optional.of(room()));
    NodeInfo ridge = nodes.stream()
        .filter(node -> node.id().equals(world.ridge.id()))
        .findFirst()
        .orElseThrow();
    assertEquals("Ridge", ridge.longName());
    assertEquals(new GeoPoint(47.5, 8.25), ridge.position().orElseThrow().point());
    assertEquals(6.25, ridge.snr().orElseThrow());
    assertEquals(1, services().nodes(1, Optional.empty()).size());
    assertTrue(services().radios().get(0).isConnected());
    assertEquals(Optional.of(world.node.id()), services().radios().get(0).node());
    assertTrue(services().parts().stream().anyMatch(part -> part.name().equals("radio main")));
    assertEquals(new PluginServices.Waiting(0, 0), services().waiting());
  }

  private void archive(LinkKey link, String sender, String text, boolean fromMesh, int id)
      throws Exception {
    relay
        .plugins
        .store
        .archive()
        .add(new ArchivedMessage(
            0,
            link,
            "Forx",
            world.clock.instant().minusSeconds(100 - id),
            sender,
            Optional.empty(),
            Optional.empty(),
            Optional.of(new EventId("$" + id)),
            fromMesh,
            text));
  }

  @Test
  void theArchiveTellsOfAPlaceWhatWasSaidThere() throws Exception {
    RoomId secret = dm();
    LinkKey shared = new LinkKey(TestWorld.ALIAS, RadioId.MAIN, new ChannelIndex(0));
    LinkKey other = new LinkKey("#other:localhost", RadioId.MAIN, new ChannelIndex(1));
    LinkKey direct = new LinkKey(secret.value(), RadioId.MAIN, new ChannelIndex(0));
    archive(shared, "Ridge !5e1f0001", "fog on the ridge", true, 1);
    archive(shared, world.maria.value(), "fog here too", false, 2);
    archive(direct, world.maria.value(), "fog between us", false, 3);
    archive(other, world.tom.value(), "fog elsewhere", false, 4);
    // What is lazy goes along with what is not.
    services().store(List.of(new StoreChange.Set("", "asked", "yes")), true);
    for (Place place : List.of(room(), CHANNEL)) {
      assertEquals(
          List.of("fog here too", "fog on the ridge"),
          services().history(place, 10).stream().map(Archive.Line::text).toList());
      assertEquals(
          List.of("fog here too", "fog on the ridge"),
          services().search(place, "fog", 10).stream().map(Archive.Line::text).toList());
      assertEquals(2, services().talkers(place, Instant.EPOCH, 10).size());
      assertEquals(1, services().totals(place).orElseThrow().fromRoom());
    }
    for (Place place : List.of(
        new Place.Room(secret, true),
        new Place.Room(secret, false),
        new Place.Direct("main", world.ridge.id()),
        new Place.Channel("main", new ChannelIndex(1)))) {
      assertEquals(List.of(), services().history(place, 10));
      assertEquals(List.of(), services().search(place, "fog", 10));
      assertEquals(List.of(), services().talkers(place, Instant.EPOCH, 10));
      assertFalse(services().totals(place).isPresent());
    }
    assertEquals(1, services().history(room(), 1).size());
  }
}
