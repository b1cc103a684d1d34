package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.longwire.matrix.EventId;
import org.longwire.matrix.RoomId;
import org.longwire.matrix.UserId;
import org.longwire.radio.GeoPoint;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketId;
import org.longwire.radio.Waypoint;
import org.longwire.radio.sim.HeardText;
import org.longwire.radio.sim.NodeSettings;
import org.longwire.radio.sim.SimulatedNode;
import org.longwire.relay.config.RadioId;
import org.longwire.relay.queue.Fate;

/** What a relay said must not come back to it as news, whoever carries it. */
class EchoTest extends SteppedRelayTest {
  private static final String OTHER = "another relay of the room sent it";
  private static final String THUMB = "\ud83d\udc4d";

  private SimulatedNode addWest() {
    SimulatedNode west = world.mesh.addNode(new NodeSettings(new NodeId(0x10de0002)));
    world.ports.put(new RadioId("west"), new CablePort(west));
    return west;
  }

  /** Two relays on one mesh and in one room ; gives the other one. */
  private SteppedRelay startTwo(String ours, String theirs) throws Exception {
    start(ours);
    String text = TestConfig.usual(world)
        .replace("radio {", "radios { west {")
        .replace("\"127.0.0.1\" }", "\"127.0.0.1\" } }")
        .replace("channel = 0 }", "channel = 0, radio = west }")
        .replace(world.bot.value(), world.tom.value())
        .replaceFirst("password-file = \"[^\"]*\"", "password = \"tom\"");
    return SteppedRelay.start(world, text + theirs, "other-state");
  }

  /**
   * Both carry what people say. The other one lives behind ours by a second, and hears our packet
   * before it reads the room's words: that one it shows, as it cannot know whose it is; neither
   * puts on the air what was heard there.
   */
  @Test
  void twoRelaysOfOneMeshInOneRoomDoNotLoop() throws Exception {
    SimulatedNode west = addWest();
    try (SteppedRelay other = startTwo("", "")) {
      world.ridge.says("from the mesh");
      world.says("from the room");
      live(other);
      assertEquals(List.of(1, 2, 1, 1), counts(west));
      live(other);
      live(other);
      assertEquals(List.of(1, 2, 1, 1), counts(west));
    }
  }

  @Test
  void twoRelaysThatKnowEachOthersNodesShowNothingTwice() throws Exception {
    SimulatedNode west = addWest();
    try (SteppedRelay other = startTwo(
        "mesh.relay-nodes = [ \"%s\" ]".formatted(west.id()),
        "mesh.relay-nodes = [ \"%s\" ]".formatted(world.node.id()))) {
      PacketId mesh = world.ridge.says("from the mesh");
      EventId room = world.says("from the room");
      live(other);
      world.ridge.replies(0, mesh, "yes");
      world.ridge.reacts(0, mesh, "+1");
      world.server.userReplies(world.room, world.maria, room, "no");
      world.server.userReacts(world.room, world.maria, room, "+1");
      live(other);
      world.server.userEdits(world.room, world.maria, room, "from this room");
      live(other);
      live(other);
      List<String> shown = List.of("[RDG] from the mesh", "[RDG] yes", "[RDG] +1");
      List<String> sent =
          List.of("maria: from the room", "maria: no", "+1", "maria: \u270f from this room");
      assertEquals(shown, world.shown());
      assertEquals(shown, world.postedBy(world.room, world.tom));
      assertEquals(sent, world.heard());
      assertEquals(sent, world.heardBy(world.ridge, west));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPlaceThatBothRelaysShowIsNotPutOnTheAirByEither(boolean trusting) throws Exception {
    SimulatedNode west = addWest();
    String trust = trusting
        ? "matrix.trusted-relays = [\"%s\", \"%s\"]\n".formatted(world.bot, world.tom)
        : "";
    try (SteppedRelay other = startTwo(trust, trust)) {
      world.ridge.marks(
          0, new Waypoint(9, "Camp", "", new GeoPoint(46.948, 7.4474), Optional.empty()));
      live(other);
      live(other);
      assertEquals(List.of(1, 1, 0, 0), counts(west));
    }
  }

  /** What the two relays posted, and what each radio sent. */
  private List<Integer> counts(SimulatedNode west) {
    return List.of(
        world.shown().size(),
        world.postedBy(world.room, world.tom).size(),
        world.heard().size(),
        world.heardBy(world.ridge, west).size());
  }

  private void live(SteppedRelay other) throws Exception {
    for (int i = 0; i < 60; i++) {
      relay.seconds(1);
      other.seconds(1);
    }
  }

  /** Another relay at our homeserver, with a radio called west. */
  private String westOf(UserId user, String meshnet, String more) {
    String name = user.value().replaceFirst("@(.*):.*", "$1");
    return TestConfig.usual(world)
        .replace("Forx", meshnet)
        .replace("radio {", "radios { west {")
        .replace("\"127.0.0.1\" }", "\"127.0.0.1\" } }")
        .replace("channel = 0 }", "channel = 0, radio = west }")
        .replace(world.bot.value(), user.value())
        .replaceFirst("password-file = \"[^\"]*\"", "password = \"" + name + "\"" + more);
  }

  /** In so small steps that all have read the room before they hear the air, as they do. */
  private static void together(SteppedRelay... relays) throws Exception {
    for (int i = 0; i < 600; i++) {
      for (SteppedRelay each : relays) {
        each.pass(Duration.ofMillis(200));
      }
    }
  }

  /** What ridge has heard of all relays of its mesh. */
  private static List<String> carried(TestWorld at) {
    return at.mesh.heardBy(at.ridge).stream()
        .filter(text -> !text.from().equals(at.valley.id()))
        .map(HeardText::text)
        .toList();
  }

  /**
   * Two idle relays in one place send what the room says at the same time, so that it is on the air
   * twice, and hear each other: no room is told of that. What the mesh says both post. Trust makes
   * no difference to either.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void twoRelaysOfOneMeshKnowEachOthersWords(boolean trusting) throws Exception {
    SimulatedNode west = addWest();
    String trust = ", trusted-relays = [\"%s\", \"%s\"]".formatted(world.bot, world.tom);
    String own = TestConfig.usual(world)
        .replaceFirst("password-file = \"[^\"]*\"", "$0" + (trusting ? trust : ""));
    relay = SteppedRelay.start(world, own, "state");
    String text = westOf(world.tom, "Forx", trusting ? trust : "");
    try (SteppedRelay other = SteppedRelay.start(world, text, "other-state")) {
      world.ridge.says("from the mesh");
      EventId said = world.says("from the room");
      world.says("word ".repeat(60).strip());
      together(relay, other);
      world.server.userReplies(world.room, world.maria, said, "more of it");
      together(relay, other);
      assertEquals(List.of("[RDG] from the mesh"), world.shown());
      assertEquals(List.of("[RDG] from the mesh"), world.postedBy(world.room, world.tom));
      assertEquals(4, Set.copyOf(world.heard()).size(), () -> world.heard().toString());
      assertEquals(4, world.heard().size(), () -> world.heard().toString());
      assertEquals(world.heard(), world.heardBy(world.ridge, west));
    }
  }

  /** Two meshes of two relays each: nothing breeds; each relay carries each thing once. */
  @Test
  void fourRelaysOfTwoMeshesInOneRoomBreedNothing() throws Exception {
    addWest();
    start();
    UserId third = world.server.registerUser("third", "third");
    UserId fourth = world.server.registerUser("fourth", "fourth");
    world.server.join(world.room, third);
    world.server.join(world.room, fourth);
    try (TestWorld far = new TestWorld(directory)) {
      SimulatedNode farWest = far.mesh.addNode(new NodeSettings(new NodeId(0x10de0002)));
      far.ports.put(new RadioId("west"), far.cable);
      far.ports.put(new RadioId("east"), new CablePort(farWest));
      String farEast = westOf(fourth, "Farx", "").replace("west", "east");
      try (SteppedRelay b = SteppedRelay.start(world, westOf(world.tom, "Forx", ""), "b");
          SteppedRelay c = SteppedRelay.start(far, westOf(third, "Farx", ""), "c");
          SteppedRelay d = SteppedRelay.start(far, farEast, "d")) {
        world.says("from the room");
        together(relay, b, c, d);
        world.ridge.says("from the mesh");
        together(relay, b, c, d);
        together(relay, b, c, d);
        assertEquals(
            List.of("from the room", "[RDG] from the mesh", "[RDG] from the mesh"),
            world.server.room(world.room).messages().stream()
                .map(event -> event.body().orElse(""))
                .toList());
        String fromRoom = "maria: from the room";
        assertEquals(List.of(fromRoom, fromRoom), carried(world));
        String first = "longw: [RDG] from the mesh";
        String second = "tom: [RDG] from the mesh";
        assertEquals(
            List.of(first, first, fromRoom, fromRoom, second, second),
            carried(far).stream().sorted().toList());
      }
    }
  }

  /** A node that says by chance what somebody in the room said is no relay. */
  @Test
  void theSameWordsWithoutANameAreNoEcho() throws Exception {
    relay = SteppedRelay.start(world, TestConfig.usual(world).replace("{display5}: ", ""), "state");
    world.says("ok");
    relay.seconds(20);
    world.ridge.says("ok");
    relay.seconds(20);
    assertEquals(List.of("[RDG] ok"), world.shown());
  }

  /** Or anybody with a radio could silence what waits. */
  @Test
  void whatWaitsIsSentAlsoAfterAnotherRelayDid() throws Exception {
    start();
    world.cable.pull();
    world.says("once");
    relay.seconds(10);
    world.cable.plug();
    world.valley.says("maria: once");
    relay.minutes(2);
    assertEquals(List.of(), world.shown());
    assertFate(Fate.FILTERED, OTHER, "maria: once");
    assertEquals(List.of("maria: once"), world.heard());
  }

  /** Whoever was heard to be a relay is believed no tapback of ours either; people are. */
  @Test
  void aTapbackThatAnotherRelayRepeatsIsNoNews() throws Exception {
    start();
    PacketId fog = world.ridge.says("fog");
    relay.seconds(5);
    EventId shown = world.server.room(world.room).messages().get(0).id();
    world.server.userReacts(world.room, world.maria, shown, THUMB);
    world.says("hello");
    relay.minutes(1);
    world.valley.says("maria: hello");
    world.valley.reacts(0, fog, THUMB);
    relay.seconds(20);
    assertEquals(0, reactionsOfOurs());
    world.ridge.reacts(0, fog, THUMB);
    relay.seconds(20);
    assertEquals(1, reactionsOfOurs());
  }

  private long reactionsOfOurs() {
    return world.server.room(world.room).events().stream()
        .filter(event -> event.sender().equals(world.bot) && event.type().equals("m.reaction"))
        .count();
  }

  @Test
  void aSecondRadioOnTheSameMeshEchoesNothing() throws Exception {
    addWest();
    world.ports.put(new RadioId("east"), world.cable);
    RoomId other = world.server.createRoom("west");
    relay = SteppedRelay.start(world, """
        meshnet-name = "Forx"
        prefix { to-matrix = "[{short}] ", to-mesh = "{display5}: " }
        radios {
          east { link = tcp, host = "127.0.0.1" }
          west { link = tcp, host = "127.0.0.1", tcp-port = 4404 }
        }
        bridges = [
          { room = "#mesh:localhost", channel = 0, radio = east },
          { room = "#west:localhost", channel = 0, radio = west }
        ]
        """ + TestConfig.matrix(world, ""), "state");
    world.says("from the room");
    relay.seconds(30);
    assertEquals(List.of("maria: from the room"), world.heard());
    assertEquals(List.of(), world.shown(other));
    world.ridge.says("from the mesh");
    relay.seconds(30);
    assertEquals(List.of("[RDG] from the mesh"), world.shown());
    assertEquals(List.of("[RDG] from the mesh"), world.shown(other));
  }

  @Test
  void aTapbackOrReplyOfOursIsNoNewsToOurOtherRadio() throws Exception {
    addWest();
    world.ports.put(new RadioId("east"), world.cable);
    RoomId other = world.server.createRoom("west");
    relay = SteppedRelay.start(world, """
        meshnet-name = "Forx"
        prefix { to-matrix = "[{short}] ", to-mesh = "{display5}: " }
        radios {
          east { link = tcp, host = "127.0.0.1" }
          west { link = tcp, host = "127.0.0.1", tcp-port = 4404 }
        }
        bridges = [
          { room = "#mesh:localhost", channel = 0, radio = east },
          { room = "#west:localhost", channel = 0, radio = west }
        ]
        """ + TestConfig.matrix(world, ""), "state");
    world.ridge.says("from the mesh");
    relay.seconds(30);
    EventId shown = world.server.room(world.room).messages().get(0).id();
    world.server.userReplies(world.room, world.maria, shown, "an answer");
    world.server.userReacts(world.room, world.maria, shown, "\ud83d\udc4d");
    relay.minutes(1);
    assertEquals(List.of("maria: an answer", "\ud83d\udc4d"), world.heard());
    assertEquals(List.of("[RDG] from the mesh"), world.shown(other));
    assertEquals(
        1,
        world.server.room(other).events().stream()
            .filter(
                event -> event.sender().equals(world.bot) && event.stateKey().isEmpty())
            .count());
  }
}
