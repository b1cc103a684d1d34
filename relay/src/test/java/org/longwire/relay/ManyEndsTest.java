package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.RoomId;
import org.longwire.radio.NodeId;
import org.longwire.radio.sim.NodeSettings;
import org.longwire.radio.sim.SimulatedNode;
import org.longwire.relay.config.RadioId;

/** Several rooms, channels and radios, and several relays. */
class ManyEndsTest extends SteppedRelayTest {
  private static final String HEAD = """
      meshnet-name = "Forx"
      prefix { to-matrix = "[{short}] ", to-mesh = "{display5}: " }
      """;
  private static final String ONE_RADIO = "radio { link = tcp, host = \"127.0.0.1\" }\n";

  private void start(String radios, String bridges) throws Exception {
    String text = HEAD + radios + TestConfig.matrix(world, "") + "bridges = [" + bridges + "]\n";
    relay = SteppedRelay.start(world, text, "state");
  }

  @Test
  void twoRoomsOnOneChannelBothHearAndAreBothHeard() throws Exception {
    RoomId other = world.server.createRoom("other");
    world.server.join(other, world.tom);
    start(ONE_RADIO, """
        { room = "#mesh:localhost", channel = 0 }, { room = "#other:localhost", channel = 0 }
        """);
    world.ridge.says("to both");
    relay.seconds(5);
    world.says("from one");
    relay.seconds(5);
    world.server.userSays(other, world.tom, "from the other");
    relay.seconds(10);
    assertEquals(List.of("[RDG] to both"), world.shown());
    assertEquals(List.of("[RDG] to both"), world.shown(other));
    assertEquals(List.of("maria: from one", "tom: from the other"), world.heard());
    assertEquals(2, relay.only("to both").deliveries().size());
    assertAllDelivered();
  }

  @Test
  void oneRoomWithTwoChannelsHearsBothAndIsHeardOnBoth() throws Exception {
    start(ONE_RADIO, """
        { room = "#mesh:localhost", channel = 0 }, { room = "#mesh:localhost", channel = 1 }
        """);
    world.ridge.says(0, "on the first");
    world.ridge.says(1, "on the second");
    world.says("on both");
    relay.seconds(20);
    assertEquals(List.of("[RDG] on the first", "[RDG] on the second"), world.shown());
    assertEquals(
        List.of(0, 1),
        world.mesh.heardBy(world.ridge).stream()
            .filter(text -> text.text().equals("maria: on both"))
            .map(text -> text.channel())
            .sorted()
            .toList());
    assertAllDelivered();
  }

  @Test
  void twoRadiosKeepTheirRoomsAndTheirTroublesApart() throws Exception {
    SimulatedNode west = world.mesh.addNode(new NodeSettings(new NodeId(0x10de0002)));
    CablePort westCable = new CablePort(west);
    world.ports.put(new RadioId("east"), world.cable);
    world.ports.put(new RadioId("west"), westCable);
    RoomId westRoom = world.server.createRoom("west");
    world.server.join(westRoom, world.tom);
    start("""
        radios {
          east { link = tcp, host = "127.0.0.1" }
          west { link = tcp, host = "127.0.0.1", tcp-port = 4404 }
        }
        """, """
        { room = "#mesh:localhost", channel = 0, radio = east },
        { room = "#west:localhost", channel = 0, radio = west }
        """);
    westCable.pull();
    world.says("to the east");
    world.server.userSays(westRoom, world.tom, "to the west");
    relay.minutes(2);
    assertEquals(List.of("maria: to the east"), world.heard());
    assertEquals(List.of(), world.heardBy(world.valley, west));
    westCable.plug();
    relay.minutes(2);
    assertEquals(List.of("tom: to the west"), world.heardBy(world.valley, west));
    assertEquals(List.of("maria: to the east"), world.heard());
    assertAllDelivered();
  }

  /** Two relays of two meshes in one room: each carries the other's words once, and no further. */
  @Test
  void twoRelaysInOneRoomDoNotLoop() throws Exception {
    start();
    try (TestWorld far = new TestWorld(directory);
        SteppedRelay other = SteppedRelay.start(far, atOurServer("Farx", ""), "other-state")) {
      world.server.join(world.room, world.tom);
      world.ridge.says("hello room");
      far.ridge.says("hello too");
      for (int i = 0; i < 60; i++) {
        relay.seconds(1);
        other.seconds(1);
      }
      assertEquals(List.of("[RDG] hello room"), world.shown());
      assertEquals(List.of("[RDG] hello too"), world.postedBy(world.room, world.tom));
      assertEquals(List.of("tom: [RDG] hello too"), world.heard());
      assertEquals(1, far.heard().size(), far.heard()::toString);
    }
  }

  /** A second relay's configuration: its account is tom's. */
  private String atOurServer(String meshnet, String more) {
    return TestConfig.usual(world)
        .replace("Forx", meshnet)
        .replace(world.bot.value(), world.tom.value())
        .replaceFirst("password-file = \"[^\"]*\"", "password = \"tom\"" + more);
  }

  /** Two relays of one mesh that know each other: nothing is said twice on the mesh. */
  @Test
  void twoRelaysOfOneMeshThatTrustEachOtherDoNotEcho() throws Exception {
    String trust = ", trusted-relays = [\"%s\"]".formatted(world.tom);
    String text = TestConfig.usual(world)
        .replaceFirst("password-file = (\"[^\"]*\")", "password-file = $1" + trust);
    relay = SteppedRelay.start(world, text, "state");
    world.server.userSends(world.room, world.tom, "m.room.message", """
        {"msgtype":"m.text","body":"[Ridge/Forx]: hi","meshtastic_meshnet":"Forx",
         "meshtastic_longname":"Ridge","meshtastic_shortname":"RDG","meshtastic_portnum":1,
         "meshtastic_id":5,"meshtastic_text":"hi"}
        """);
    relay.seconds(20);
    assertEquals(List.of(), world.heard());
  }
}
