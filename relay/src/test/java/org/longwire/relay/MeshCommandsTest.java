package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.longwire.radio.GeoPoint;
import org.longwire.radio.sim.SimulatedPeer;
import org.longwire.relay.queue.Fate;

/** Commands of nodes: by default none, then those that are named, the rest by public key. */
class MeshCommandsTest extends SteppedRelayTest {
  private static String key(SimulatedPeer peer) {
    return HexFormat.of().formatHex(peer.publicKey());
  }

  @Test
  void byDefaultANodeCommandsNothingOfTheRelayItself() throws Exception {
    start();
    world.ridge.says("!where valley");
    relay.minutes(1);
    assertEquals(List.of("[RDG] !where valley"), world.shown());
    assertEquals(List.of(), world.heard());
  }

  @Test
  void aCommandIsAnsweredInOnePacketAndShownInNoRoom() throws Exception {
    start();
    world.ridge.says("!nodes");
    relay.minutes(1);
    assertEquals(List.of(), world.shown());
    assertEquals(1, world.heard().size(), world.heard()::toString);
    String answer = world.heard().get(0);
    assertTrue(answer.contains("Ridge now"), answer);
    assertTrue(answer.getBytes(StandardCharsets.UTF_8).length <= 200, answer);
    assertFate(Fate.FILTERED, "command: nodes", "!nodes");
  }

  @Test
  void whatIsNotNamedIsAText() throws Exception {
    start("commands.mesh = [ where ]\nplugins.nodes.mesh = false\n");
    world.ridge.says("!nodes");
    world.ridge.says("!status");
    world.ridge.says("!dm ridge");
    relay.minutes(1);
    assertEquals(List.of("[RDG] !nodes", "[RDG] !status", "[RDG] !dm ridge"), world.shown());
    assertEquals(List.of(), world.heard());
  }

  @Test
  void aPlaceIsToldToTheChannelThatHeardIt() throws Exception {
    start("commands.mesh = [ where ]\n");
    world.valley.tellsPosition(0, new GeoPoint(47.5, 8.25));
    relay.seconds(5);
    world.ridge.says("!where valley");
    relay.minutes(1);
    assertTrue(world.heard().get(0).contains("geo:47.50000,8.25000"), world.heard()::toString);
  }

  @Test
  void aPlaceIsNotToldToAnotherChannel() throws Exception {
    start("commands.mesh = [ where ]\n");
    world.valley.tellsPosition(1, new GeoPoint(47.5, 8.25));
    relay.seconds(5);
    world.ridge.says("!where valley");
    relay.minutes(1);
    assertTrue(world.heard().get(0).contains("told no place"), world.heard()::toString);
  }

  @Test
  void aPrivilegedCommandNeedsTheRightKeyAndAPrivateWord() throws Exception {
    start("commands { mesh = [ status ], mesh-admins = [ \"%s\" ] }\n".formatted(key(world.ridge)));
    world.ridge.says("!status");
    world.valley.whispers(TestWorld.NODE, "!status");
    relay.minutes(1);
    assertEquals(List.of(), world.heard());
    assertEquals(List.of("[RDG] !status"), world.shown());
    world.ridge.whispers(TestWorld.NODE, "!status");
    relay.minutes(1);
    assertEquals(1, world.heard().size(), world.heard()::toString);
    assertTrue(world.heard().get(0).contains("radio main"), world.heard()::toString);
  }

  @Test
  void whoTakesTheNumberOfAnAdministratorHasNoneOfTheirRights() throws Exception {
    start("commands { mesh = [ status ], mesh-admins = [ \"%s\" ] }\n".formatted(key(world.ridge)));
    world.ridge.changesKey().tellsNames();
    relay.seconds(5);
    world.ridge.whispers(TestWorld.NODE, "!status");
    relay.minutes(1);
    assertEquals(List.of(), world.heard());
    assertFate(Fate.FILTERED, "a direct message; no private room is open for this node", "!status");
  }

  @Test
  void aFloodOfCommandsGetsFewAnswers() throws Exception {
    start();
    for (int i = 0; i < 20; i++) {
      world.ridge.says("!nodes " + i);
    }
    relay.minutes(5);
    assertTrue(world.heard().size() <= 6, world.heard()::toString);
    assertEquals(List.of(), world.shown());
  }

  @Test
  void aRelayThatOnlyListensAnswersNothing() throws Exception {
    start("mesh.broadcast = false\n");
    world.ridge.says("!nodes");
    relay.minutes(1);
    assertEquals(List.of(), world.heard());
    assertEquals(List.of("[RDG] !nodes"), world.shown());
  }
}
