package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.RoomId;
import org.longwire.radio.NodeId;
import org.longwire.radio.sim.NodeSettings;
import org.longwire.radio.sim.SimulatedNode;
import org.longwire.relay.config.RadioId;

/** What a relay said must not come back to it as news, whoever carries it. */
class EchoTest extends SteppedRelayTest {
  private SimulatedNode addWest() {
    SimulatedNode west = world.mesh.addNode(new NodeSettings(new NodeId(0x10de0002)));
    world.ports.put(new RadioId("west"), new CablePort(west));
    return west;
  }

  /** Two relays in one place that know nothing of each other double everything, and end there. */
  @Test
  void twoRelaysOfOneMeshInOneRoomDoNotLoop() throws Exception {
    SimulatedNode west = addWest();
    start();
    String text = TestConfig.usual(world)
        .replace("radio {", "radios { west {")
        .replace("\"127.0.0.1\" }", "\"127.0.0.1\" } }")
        .replace("channel = 0 }", "channel = 0, radio = west }")
        .replace(world.bot.value(), world.tom.value())
        .replaceFirst("password-file = \"[^\"]*\"", "password = \"tom\"");
    try (SteppedRelay other = SteppedRelay.start(world, text, "other-state")) {
      world.ridge.says("from the mesh");
      world.says("from the room");
      live(other);
      // Each posts what it heard, and each puts on the air what was said and what the other posted.
      assertEquals(List.of(1, 1, 2, 2), counts(west));
      live(other);
      live(other);
      assertEquals(List.of(1, 1, 2, 2), counts(west));
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
    for (int i = 0; i < 120; i++) {
      relay.seconds(1);
      other.seconds(1);
    }
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
}
