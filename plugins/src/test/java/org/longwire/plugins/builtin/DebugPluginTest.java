package org.longwire.plugins.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.PluginResult;
import org.longwire.radio.GeoPoint;
import org.longwire.radio.LinkState;
import org.longwire.radio.MeshEvent;
import org.longwire.radio.NodeId;
import org.longwire.radio.PacketHeader;
import org.longwire.radio.Signal;

class DebugPluginTest {
  private final DebugPlugin plugin = new DebugPlugin();
  private HandContext context;

  @BeforeEach
  void start(@TempDir Path directory) {
    context = new HandContext(directory);
    plugin.start(context);
  }

  @Test
  void headersAreLoggedAndNobodysWords() {
    hear(Samples.text(Samples.packet(Samples.HUT), "my secret"));
    hear(new MeshEvent.PositionReceived(
        Samples.packet(Samples.HUT), new GeoPoint(46.5, 7.5), OptionalInt.empty()));
    hear(new MeshEvent.OtherReceived(
        new PacketHeader(
            Samples.HUT,
            Samples.OURS,
            99,
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            true,
            true,
            Optional.empty(),
            Signal.UNKNOWN),
        -1,
        Optional.empty()));

    assertEquals(
        List.of(
            "info: radio main: port 1 packet=00001234 from=!a1b2c3d4 to=all channel=0 hops=2 "
                + "snr=5.5 rssi=-90",
            "info: radio main: port 3 packet=00001234 from=!a1b2c3d4 to=all channel=0 hops=2 "
                + "snr=5.5 rssi=-90",
            "info: radio main: undecrypted packet=none from=!a1b2c3d4 to=!11111111 channel=99 "
                + "mqtt private"),
        context.logged);
  }

  @Test
  void administratorsReadHowManyOfWhichPortWereHeard() {
    assertEquals(
        "no packet was heard since the start",
        Samples.inRoom(plugin.onCommand(Samples.inRoom("debug", ""))));

    hear(Samples.text(Samples.packet(Samples.HUT), "one"));
    hear(Samples.text(Samples.packet(Samples.HUT), "two"));
    hear(new MeshEvent.OtherReceived(Samples.packet(new NodeId(7)), 256, Optional.empty()));

    String counts = "packets heard since the start: port 1: 2, port 256: 1";
    assertEquals(counts, Samples.inRoom(plugin.onCommand(Samples.inRoom("debug", ""))));
    assertEquals(counts, Samples.onMesh(plugin.onCommand(Samples.onMesh("debug", ""))));
    assertEquals(Map.of("port 1", 2L, "port 256", 1L), context.counts);
    assertEquals(Command.Role.ADMIN, plugin.commands().get(0).role());
  }

  @Test
  void whatIsNoPacketIsNotCounted() {
    hear(new MeshEvent.LinkChanged(new LinkState.Connecting("/dev/ttyUSB0")));

    assertEquals(List.of(), context.logged);
    assertEquals(Map.of(), context.counts);
  }

  private void hear(MeshEvent event) {
    assertEquals(PluginResult.pass(), plugin.onMesh(Samples.heard(event)));
  }
}
