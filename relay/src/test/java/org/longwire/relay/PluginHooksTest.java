package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.EventId;
import org.longwire.matrix.RoomId;
import org.longwire.plugins.api.Interest;
import org.longwire.plugins.api.MeshHeard;
import org.longwire.plugins.api.Place;
import org.longwire.radio.ChannelIndex;
import org.longwire.radio.GeoPoint;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketHeader;
import org.longwire.radio.PacketId;
import org.longwire.radio.Signal;
import org.longwire.radio.Telemetry;
import org.longwire.relay.bridge.MeshInbox;
import org.longwire.relay.bridge.NodeReadings;
import org.longwire.relay.bridge.Portal;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.queue.Fate;
import org.longwire.relay.store.StoreException;

/** What plugins are told of a message's way, and what becomes of the message. */
class PluginHooksTest extends SteppedRelayTest {
  private static final Place CHANNEL = new Place.Channel("main", new ChannelIndex(0));
  private static final List<Portal.End> ENDS = Stream.of(0, 1)
      .map(channel -> Portal.End.channel(RadioId.MAIN, new ChannelIndex(channel)))
      .toList();

  private final HandPlugins hand = new HandPlugins();

  private void startWithPlugins(String more) throws Exception {
    start(more);
    relay.plugins.become(hand);
  }

  private void dm() throws Exception {
    startWithPlugins("direct { enabled = true, rooms = [ { user = \"%s\", node = \"%s\" } ] }\n"
        .formatted(world.maria, world.ridge.id()));
    relay.seconds(10);
    world.server.join(privateRoom(), world.maria);
    relay.seconds(5);
  }

  private RoomId privateRoom() throws StoreException {
    return relay.ledger.directRooms().all().get(0).room();
  }

  private List<MeshHeard> heard(Class<? extends MeshEvent> kind) {
    return hand.heard.stream().filter(told -> kind.isInstance(told.event())).toList();
  }

  @Test
  void whatIsHeardAndSaidIsToldOnceAndRelayed() throws Exception {
    startWithPlugins("");
    world.ridge.says("hello room");
    world.says("hello mesh");
    relay.minutes(1);
    assertEquals(List.of("hello room"), hand.texts());
    assertEquals(
        Optional.of(CHANNEL), heard(MeshEvent.TextReceived.class).get(0).place());
    assertEquals(List.of("hello mesh"), hand.words());
    assertEquals(new Place.Room(world.room, false), hand.said.get(0).place());
    assertEquals(List.of("[RDG] hello room"), world.shown());
    assertEquals(List.of("maria: hello mesh"), world.heard());
  }

  @Test
  void whatAPluginClaimsGoesNoFurther() throws Exception {
    startWithPlugins("");
    hand.claimed.addAll(Set.of("mine of the mesh", "mine of the room"));
    world.ridge.says("mine of the mesh");
    world.ridge.says("not mine");
    world.says("mine of the room");
    world.says("not mine either");
    relay.minutes(1);
    assertEquals(List.of("[RDG] not mine"), world.shown());
    assertEquals(List.of("maria: not mine either"), world.heard());
    assertFate(Fate.FILTERED, "plugin: hand", "mine of the mesh");
    assertFate(Fate.FILTERED, "plugin: hand", "mine of the room");
  }

  @Test
  void whomNobodyListensToNobodyIsTold() throws Exception {
    startWithPlugins("");
    hand.interests = Set.of(Interest.MESH_TELEMETRY);
    world.ridge.says("hello room");
    world.says("hello mesh");
    relay.minutes(1);
    assertEquals(List.of(), hand.texts());
    assertEquals(List.of(), hand.words());
    assertAllDelivered();
  }

  @Test
  void whatTheLedgerCannotTakeAtFirstIsToldOnce() throws Exception {
    startWithPlugins("");
    fill();
    world.ridge.says("hello room");
    world.says("hello mesh");
    relay.minutes(1);
    assertEquals(List.of(), world.shown());
    empty();
    relay.minutes(2);
    assertEquals(List.of("[RDG] hello room"), world.shown());
    assertEquals(List.of("maria: hello mesh"), world.heard());
    assertEquals(List.of("hello room"), hand.texts());
    assertEquals(List.of("hello mesh"), hand.words());
  }

  /** From now on the disk is full for every message. */
  private void fill() throws Exception {
    relay.database.write(tx -> tx.update("CREATE TABLE filler (blob BLOB)"));
    relay.database.write(tx -> tx.update("CREATE TRIGGER fill BEFORE INSERT ON inbox "
        + "BEGIN INSERT INTO filler VALUES (zeroblob(10000000)); END"));
    limit(1_000);
  }

  private void empty() throws Exception {
    limit(1_000_000);
    relay.database.write(tx -> tx.update("DROP TRIGGER fill"));
  }

  private void limit(int pages) throws Exception {
    relay.database.write(
        tx -> tx.list("PRAGMA max_page_count = " + pages, row -> row.getLong(1)).size());
  }

  @Test
  void whatIsKnownIsNotToldAgainAfterACrash() throws Exception {
    startWithPlugins("");
    PacketId packet = world.ridge.says("hello room");
    world.says("hello mesh");
    relay.minutes(1);
    relay = relay.crash();
    relay.plugins.become(hand);
    relay.seconds(10);
    relay.inbox.put(new MeshInbox.Item(
        RadioId.MAIN, heard(MeshEvent.TextReceived.class).get(0).event()));
    relay.minutes(1);
    assertEquals(List.of("hello room"), hand.texts(), packet::toString);
    assertEquals(List.of("hello mesh"), hand.words());
    assertEquals(List.of("[RDG] hello room"), world.shown());
  }

  @Test
  void ourOwnWordsAreNobodysNews() throws Exception {
    startWithPlugins("");
    world.says("hello mesh");
    world.ridge.says("hello room");
    relay.minutes(5);
    assertEquals(List.of("hello room"), hand.texts());
    assertEquals(List.of("hello mesh"), hand.words());
  }

  @Test
  void wordsOfOtherRelaysAreNobodysToAnswerButTheirPositionsAreKnown() throws Exception {
    startWithPlugins("mesh.relay-nodes = [ \"%s\" ]\n".formatted(world.ridge.id()));
    hand.claimed.add("ping");
    PacketId packet = world.ridge.says("ping");
    world.ridge.reacts(0, packet, "+1");
    world.ridge.tellsPosition(0, new GeoPoint(47.5, 8.25));
    world.valley.says("hello room");
    relay.minutes(1);
    assertEquals(List.of("hello room"), hand.texts());
    assertEquals(List.of(), heard(MeshEvent.ReactionReceived.class));
    assertEquals(1, heard(MeshEvent.PositionReceived.class).size());
    assertFate(Fate.FILTERED, "sent by the node of another relay (mesh.relay-nodes)", "ping");
  }

  @Test
  void aBacklogIsNotTold() throws Exception {
    startWithPlugins("");
    relay.seconds(10);
    relay.close();
    world.says("said meanwhile");
    world.tick(Duration.ofMinutes(6));
    relay = new SteppedRelay(world, relay.config);
    relay.plugins.become(hand);
    relay.minutes(1);
    assertEquals(List.of("maria: said meanwhile"), world.heard());
    assertEquals(List.of(), hand.words());
  }

  @Test
  void whatIsSaidToOurNodeAloneHasAPlaceOfItsOwn() throws Exception {
    dm();
    world.ridge.whispers(TestWorld.NODE, "only for you");
    world.server.userSays(privateRoom(), world.maria, "and for you");
    relay.minutes(1);
    MeshHeard text = heard(MeshEvent.TextReceived.class).get(0);
    assertEquals(Optional.of(new Place.Direct("main", world.ridge.id())), text.place());
    assertEquals(List.of("and for you"), hand.words());
    RoomId room = privateRoom();
    assertTrue(hand.said.stream()
        .filter(said -> said.place().id().equals(room))
        .allMatch(said -> said.place().isPrivate()));
  }

  @Test
  void whatIsNoMessageIsToldToo() throws Exception {
    startWithPlugins("");
    world.ridge.tellsPosition(0, new GeoPoint(47.5, 8.25));
    world.ridge.measures(0, battery(80));
    world.ridge.sendsOn(300, 0, new byte[] {1, 2, 3});
    world.ridge.tellsNames();
    relay.minutes(1);
    assertEquals(1, heard(MeshEvent.PositionReceived.class).size());
    assertEquals(1, heard(MeshEvent.TelemetryReceived.class).size());
    assertTrue(heard(MeshEvent.NodeSeen.class).size() > 0);
    assertTrue(heard(MeshEvent.OtherReceived.class).stream()
        .anyMatch(told -> ((MeshEvent.OtherReceived) told.event()).port() == 300));
  }

  private static Telemetry battery(int percent) {
    return new Telemetry.Device(
        OptionalInt.of(percent),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalLong.empty());
  }

  @Test
  void whatNodesTellOnBridgedChannelsIsRemembered() throws Exception {
    startWithPlugins("");
    world.ridge.tellsPosition(0, new GeoPoint(47.5, 8.25));
    world.ridge.measures(0, battery(80));
    world.valley.tellsPosition(1, new GeoPoint(46, 7));
    relay.minutes(1);
    NodeReadings.Readings ridge = relay.plugins.readings().of(world.ridge.id(), ENDS);
    assertEquals(new GeoPoint(47.5, 8.25), ridge.position().orElseThrow().point());
    assertEquals(battery(80), ridge.device().orElseThrow().value());
    assertTrue(relay.plugins.readings().of(world.valley.id(), ENDS).position().isEmpty());
  }

  @Test
  void theMemoryOfReadingsIsBounded() throws Exception {
    startWithPlugins("");
    for (int i = 1; i <= NodeReadings.MAX + 1; i++) {
      NodeId node = new NodeId(i);
      relay.inbox.put(new MeshInbox.Item(RadioId.MAIN, told(node)));
      if (i % 100 == 0) {
        relay.seconds(1);
      }
    }
    relay.seconds(10);
    assertTrue(relay.plugins.readings().of(new NodeId(1), ENDS).position().isEmpty());
    assertTrue(relay.plugins.readings().of(new NodeId(2), ENDS).position().isPresent());
  }

  private MeshEvent told(NodeId node) {
    return new MeshEvent.PositionReceived(
        new PacketHeader(
            node,
            NodeId.BROADCAST,
            0,
            Optional.empty(),
            Optional.of(world.clock.instant()),
            OptionalInt.empty(),
            false,
            false,
            Optional.empty(),
            Signal.UNKNOWN),
        new GeoPoint(1, 1),
        OptionalInt.empty());
  }

  @Test
  void anEventOfARoomIsToldInItsRoomAlone() throws Exception {
    startWithPlugins("");
    EventId said = world.says("hello");
    relay.minutes(1);
    world.server.userReacts(world.room, world.tom, said, "👍");
    relay.minutes(1);
    assertEquals(2, hand.said.size());
    assertTrue(hand.said.stream().noneMatch(told -> told.isTrustedRelay()));
  }
}
