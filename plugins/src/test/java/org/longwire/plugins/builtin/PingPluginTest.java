package org.longwire.plugins.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.PluginResult;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketHeader;
import org.longwire.radio.Signal;

class PingPluginTest {
  private final PingPlugin ping = new PingPlugin();
  private HandContext context;

  @BeforeEach
  void start(@TempDir Path directory) {
    context = new HandContext(directory);
    ping.start(context);
  }

  @Test
  void aRoomIsAnswered() {
    assertEquals("pong!", Samples.inRoom(ping.onCommand(Samples.inRoom("ping", ""))));
  }

  @Test
  void aNodeLearnsHowItsRequestWasHeard() {
    assertEquals(
        "pong! (2 hops, SNR 5.5 dB, RSSI -90 dBm)",
        Samples.onMesh(ping.onCommand(Samples.onMesh("ping", ""))));
  }

  @Test
  void aNodeBesideUsIsTold0HopsAndOneBehindTheInternetThatItIs() {
    PacketHeader packet = new PacketHeader(
        Samples.HUT,
        NodeId.BROADCAST,
        0,
        Optional.empty(),
        Optional.empty(),
        OptionalInt.of(0),
        true,
        false,
        Optional.empty(),
        Signal.UNKNOWN);
    CommandCall call = new CommandCall.FromMesh(
        "ping", "", Samples.CHANNEL, Command.Role.EVERYONE, Samples.text(packet, "!ping"));

    assertEquals("pong! (0 hops, over MQTT)", Samples.onMesh(ping.onCommand(call)));
  }

  @Test
  void theDetailsCanBeLeftOut() {
    context.settings.put("details", false);

    assertEquals("pong!", Samples.onMesh(ping.onCommand(Samples.onMesh("ping", ""))));
  }

  @Test
  void aMerePingIsAnsweredOnlyInMimicMode() {
    assertEquals(PluginResult.pass(), hear("ping"));

    context.settings.put("mimic", true);

    assertEquals("pong", Samples.onMesh(hear("ping")));
  }

  @Test
  void itMirrorsCaseAndUpToFiveMarksOnEachSide() {
    context.settings.put("mimic", true);

    assertEquals("PONG", Samples.onMesh(hear("PING")));
    assertEquals("Pong?!", Samples.onMesh(hear(" Ping?! ")));
    assertEquals("pOnG", Samples.onMesh(hear("pInG")));
    assertEquals("!!!!!pong?????", Samples.onMesh(hear("!!!!!ping?????")));
    assertEquals("Pong...", Samples.onMesh(hear("ping!!!!!!")));
  }

  @Test
  void aPingWithinASentenceIsNobodysRequest() {
    context.settings.put("mimic", true);

    assertEquals(PluginResult.pass(), hear("I shall ping you"));
    assertEquals(PluginResult.pass(), hear("shipping"));
    assertEquals(PluginResult.pass(), hear("pong"));
  }

  @Test
  void itKeepsNoMessageFromTheRoom() {
    assertEquals(Set.of(), ping.claims());
    assertTrue(ping.isOnByDefault());
  }

  private PluginResult hear(String words) {
    return ping.onMesh(Samples.heard(Samples.text(Samples.packet(Samples.HUT), words)));
  }
}
