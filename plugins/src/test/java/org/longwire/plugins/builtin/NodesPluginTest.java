package org.longwire.plugins.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.plugins.api.NodeInfo;
import org.longwire.plugins.api.PluginException;
import org.longwire.radio.Telemetry;

class NodesPluginTest {
  private final NodesPlugin plugin = new NodesPlugin();
  private HandContext context;

  @BeforeEach
  void start(@TempDir Path directory) {
    context = new HandContext(directory);
    context.radios.add(Samples.radio());
    context.nodes.add(new NodeSample("!11111111", "Base", "BASE")
        .heard(Samples.NOON)
        .position(46.5, 7.5, Samples.NOON)
        .info());
    context.nodes.add(new NodeSample("!b2c3d4e5", "Lake Boat 🚣", "BOAT")
        .heard(Samples.minutesAgo(90))
        .battery(101, Samples.NOON)
        .info());
    context.nodes.add(hut());
    context.nodes.add(new NodeSample("!c3d4e5f6", "Valley Farm", "FARM")
        .heard(Samples.minutesAgo(200))
        .info());
    plugin.start(context);
  }

  private static NodeInfo hut() {
    return new NodeSample("!a1b2c3d4", "Ridge Hut", "RDGE")
        .hardware("T-Echo")
        .hops(1)
        .snr(-3.25)
        .heard(Samples.minutesAgo(5))
        .position(46.52, 7.53, Samples.minutesAgo(12))
        .precision(350)
        .device(
            new Telemetry.Device(
                OptionalInt.of(87),
                OptionalDouble.of(4.02),
                OptionalDouble.of(6.1),
                OptionalDouble.of(0.5),
                OptionalLong.of(259_300)),
            Samples.minutesAgo(10))
        .environment(
            new Telemetry.Environment(
                OptionalDouble.of(-2.5),
                OptionalDouble.of(81),
                OptionalDouble.of(902.3),
                OptionalDouble.empty(),
                OptionalInt.empty()),
            Samples.minutesAgo(11))
        .info();
  }

  @Test
  void thoseHeardLatelyAreListedTheLatestFirst() throws PluginException {
    assertEquals(
        Samples.lines(
            "2 nodes heard in the last 2 h:",
            "Ridge Hut (RDGE): 1 hop, SNR -3.25 dB, battery 87 %, 5 min ago",
            "Lake Boat 🚣 (BOAT): battery on mains, 90 min ago"),
        Samples.inRoom(plugin.onCommand(Samples.inRoom("nodes", ""))));
  }

  @Test
  void theMeshIsToldTheirNamesAndAges() throws PluginException {
    assertEquals(
        "2 nodes heard in the last 2 h: Ridge Hut 5 min ago, Lake Boat 🚣 90 min ago",
        Samples.onMesh(plugin.onCommand(Samples.onMesh("nodes", ""))));
  }

  @Test
  void whileTheRadioIsAwayTheListIsOfWhenItWent() throws PluginException {
    context.radios.set(0, Samples.radioAway(Samples.minutesAgo(100)));

    assertEquals(
        Samples.lines(
            "the radio is away since 10:20; as of then:",
            "3 nodes heard in the last 2 h:",
            "Ridge Hut (RDGE): 1 hop, SNR -3.25 dB, battery 87 %, 5 min ago",
            "Lake Boat 🚣 (BOAT): battery on mains, 90 min ago",
            "Valley Farm (FARM): 3 h ago"),
        Samples.inRoom(plugin.onCommand(Samples.inRoom("nodes", ""))));
    assertEquals(
        "the radio is away since 10:20; as of then: 3 nodes heard in the last 2 h: "
            + "Ridge Hut 5 min ago, Lake Boat 🚣 90 min ago, Valley Farm 3 h ago",
        Samples.onMesh(plugin.onCommand(Samples.onMesh("nodes", ""))));
  }

  @Test
  void windowAndLimitAreTheOperators() throws PluginException {
    context.settings.put("window", Duration.ofHours(4));
    context.settings.put("limit", 1);

    assertEquals(
        Samples.lines(
            "3 nodes heard in the last 4 h:",
            "Ridge Hut (RDGE): 1 hop, SNR -3.25 dB, battery 87 %, 5 min ago",
            "and 2 more"),
        Samples.inRoom(plugin.onCommand(Samples.inRoom("nodes", ""))));
  }

  @Test
  void aQuietMeshIsSaidToBeQuiet() throws PluginException {
    context.nodes.clear();

    assertEquals(
        "0 nodes heard in the last 2 h",
        Samples.onMesh(plugin.onCommand(Samples.onMesh("nodes", ""))));
  }

  @Test
  void manyNodesFitIntoOnePacketAndTheRestIsCounted() throws PluginException {
    for (int i = 0; i < 40; i++) {
      context.nodes.add(new NodeSample("!000000" + (10 + i), "Näme mit Ümläuten " + i, "N" + i)
          .heard(Samples.minutesAgo(60 + i))
          .info());
    }

    assertEquals(
        "42 nodes heard in the last 2 h: Ridge Hut 5 min ago, Näme mit Ümläuten 0 60 min ago, "
            + "Näme mit Ümläuten 1 61 min ago, Näme mit Ümläuten 2 62 min ago, "
            + "Näme mit Ümläuten 3 63 min ago, +37",
        Samples.onMesh(plugin.onCommand(Samples.onMesh("nodes", ""))));
  }

  @Test
  void oneNodeIsShownInFull() throws PluginException {
    String full = Samples.lines(
        "Ridge Hut (RDGE), !a1b2c3d4, T-Echo",
        "heard 5 min ago (11:55), 1 hop, SNR -3.25 dB",
        "battery 87 %, 4.02 V, channel busy 6.1 %, own airtime 0.5 %, up 3 days (10 min " + "ago)",
        "-2.5 °C, 81 % humidity, 902.3 hPa (11 min ago)",
        "at 46.52000, 7.53000 ± 350 m (12 min ago), 3.2 km north-east of the relay");

    assertEquals(full, Samples.inRoom(plugin.onCommand(Samples.inRoom("nodes", "ridge"))));
    assertEquals(full, Samples.inRoom(plugin.onCommand(Samples.inRoom("nodes", "!a1b2c3d4"))));
    assertEquals(
        "Ridge Hut (RDGE), !a1b2c3d4, T-Echo; heard 5 min ago (11:55), 1 hop, SNR -3.25 dB; "
            + "battery 87 %, 4.02 V, channel busy 6.1 %, own airtime 0.5 %, up 3 days (10 min ago); "
            + "-2.5 °C, 81 % humidity, 902.…",
        Samples.onMesh(plugin.onCommand(Samples.onMesh("nodes", "RDGE"))));
  }

  @Test
  void anExactPlaceIsSaidWithoutItsError() throws PluginException {
    context.radios.clear();
    context.nodes.add(new NodeSample("!d4e5f6a7", "Peak", "PEAK")
        .heard(Samples.NOON)
        .position(46.52, 7.53, Samples.NOON)
        .precision(0)
        .info());

    assertEquals(
        Samples.lines("Peak (PEAK), !d4e5f6a7", "heard now (12:00)", "at 46.52000, 7.53000 (now)"),
        Samples.inRoom(plugin.onCommand(Samples.inRoom("nodes", "peak"))));
  }

  @Test
  void ofANodeNeverHeardNothingIsMadeUp() throws PluginException {
    context.nodes.add(new NodeSample("!d4e5f6a7", "Meshtastic f6a7", "f6a7").info());
    context.radios.set(0, Samples.radioAway(Samples.NOON.minus(Duration.ofDays(3))));

    assertEquals(
        Samples.lines(
            "Meshtastic f6a7 (f6a7), !d4e5f6a7",
            "never heard",
            "the radio is away since 28 Apr 12:00"),
        Samples.inRoom(plugin.onCommand(Samples.inRoom("nodes", "f6a7"))));
  }

  @Test
  void wordsThatMeanNoSingleNodeAreAnsweredWithTheCure() throws PluginException {
    context.nodes.add(new NodeSample("!a1b2c3d5", "Ridge Hut", "RDG2").info());

    assertEquals(
        "no node is called \"Ridge Hut\", or more than one: give its number, such as !a1b2c3d4",
        Samples.failure(plugin.onCommand(Samples.onMesh("nodes", "Ridge Hut"))));
  }
}
