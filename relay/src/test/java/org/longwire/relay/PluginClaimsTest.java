package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.RoomEvent;
import org.longwire.plugins.api.Interest;
import org.longwire.plugins.api.MeshHeard;
import org.longwire.plugins.api.Plugin;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.api.RoomSaid;
import org.longwire.radio.MeshEvent;
import org.longwire.relay.queue.Fate;

/** A plugin that claims messages, answers some and fails at others, run by its host. */
class PluginClaimsTest extends SteppedRelayTest {
  private static final class Harbour implements Plugin {
    @Override
    public Set<Interest> claims() {
      return Set.of(Interest.MESH_TEXTS, Interest.ROOM_MESSAGES);
    }

    @Override
    public PluginResult onMesh(MeshHeard heard) {
      return result(heard.event() instanceof MeshEvent.TextReceived text ? text.text() : "");
    }

    @Override
    public PluginResult onRoom(RoomSaid said) {
      return result(said.event() instanceof RoomEvent.TextMessage text ? text.body() : "");
    }

    private static PluginResult result(String words) {
      return switch (words.split(" ")[0]) {
        case "mine" -> PluginResult.handled();
        case "ask" -> PluginResult.reply("answered");
        case "sorry" -> PluginResult.failed("I cannot");
        case "bang" -> throw new IllegalStateException("a bug of the plugin");
        default -> PluginResult.pass();
      };
    }
  }

  private void startWithHarbour() throws Exception {
    start();
    relay.plugins.become("harbour", new Harbour());
  }

  @Test
  void whatIsClaimedOnTheMeshIsFilteredAndWhatFailsIsRelayed() throws Exception {
    startWithHarbour();
    for (String words : List.of("mine alone", "sorry for that", "bang", "hello")) {
      world.ridge.says(words);
    }
    relay.minutes(1);
    assertEquals(List.of("[RDG] sorry for that", "[RDG] bang", "[RDG] hello"), world.shown());
    assertFate(Fate.FILTERED, "plugin: harbour", "mine alone");
  }

  @Test
  void whatIsClaimedInARoomIsFilteredAndWhatFailsIsRelayed() throws Exception {
    startWithHarbour();
    for (String words : List.of("mine alone", "sorry for that", "bang", "hello")) {
      world.says(words);
    }
    relay.minutes(1);
    assertEquals(List.of("maria: sorry for that", "maria: bang", "maria: hello"), world.heard());
    assertFate(Fate.FILTERED, "plugin: harbour", "mine alone");
  }

  @Test
  void whatTheRelayWouldNotSendIsNoAnswerAndItsMessageIsRelayed() throws Exception {
    start("mesh.broadcast = false\n");
    relay.plugins.become("harbour", new Harbour());
    world.ridge.says("ask the mesh");
    relay.minutes(1);
    assertEquals(List.of("[RDG] ask the mesh"), world.shown());
    assertEquals(List.of(), world.heard());
  }

  @Test
  void anAnswerStaysWhereItWasAskedFor() throws Exception {
    startWithHarbour();
    world.ridge.says("ask the mesh");
    relay.minutes(1);
    assertEquals(List.of("answered"), world.heard());
    assertEquals(List.of(), world.shown());
    world.says("ask the room");
    relay.minutes(1);
    assertEquals(List.of("answered"), world.heard());
    assertEquals(List.of("answered"), world.shown());
  }
}
