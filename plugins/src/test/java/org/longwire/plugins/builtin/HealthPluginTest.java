package org.longwire.plugins.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.Place;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.RadioInfo;
import org.longwire.plugins.api.RelayState;

class HealthPluginTest {
  private static final String MESH = Samples.lines(
      "5 nodes",
      "battery of 3: average 46 %, median 20 %; 1 on mains",
      "low: Valley Farm 18 %, Ridge Hut 20 %",
      "SNR 1.13 dB median of 2",
      "channel busy 4.25 %, own airtime 0.8 %");

  private final HealthPlugin plugin = new HealthPlugin();
  private HandContext context;

  @BeforeEach
  void start(@TempDir Path directory) {
    context = new HandContext(directory);
    context.radios.add(Samples.radio());
    context.nodes.addAll(List.of(
        new NodeSample("!a1b2c3d4", "Ridge Hut", "RDGE")
            .battery(20, Samples.NOON)
            .snr(-3.25)
            .info(),
        new NodeSample("!b2c3d4e5", "Lake Boat", "BOAT")
            .battery(100, Samples.NOON)
            .snr(5.5)
            .info(),
        new NodeSample("!c3d4e5f6", "Valley Farm", "FARM")
            .battery(18, Samples.NOON)
            .info(),
        new NodeSample("!d4e5f6a7", "Base", "BASE").battery(101, Samples.NOON).info(),
        new NodeSample("!e5f6a7b8", "Silent", "SLNT").info()));
    plugin.start(context);
  }

  @Test
  void aRoomReadsHowTheMeshIs() throws PluginException {
    assertEquals(MESH, Samples.inRoom(plugin.onCommand(Samples.inRoom("health", ""))));
  }

  @Test
  void soDoesTheMeshInFewerBytes() throws PluginException {
    assertEquals(
        "5 nodes; battery of 3: average 46 %, median 20 %; 1 on mains; "
            + "low: Valley Farm 18 %, Ridge Hut 20 %; SNR 1.13 dB median of 2; "
            + "channel busy 4.25 %, own airtime 0.8 %",
        Samples.onMesh(plugin.onCommand(Samples.onMesh("health", ""))));
  }

  @Test
  void whatCountsAsLowIsTheOperators() throws PluginException {
    context.settings.put("low-battery", 19);

    assertEquals(
        MESH.replace(", Ridge Hut 20 %", ""),
        Samples.inRoom(plugin.onCommand(Samples.inRoom("health", ""))));
  }

  @Test
  void nothingIsMadeUpOfAMeshThatTellsNothing() throws PluginException {
    context.nodes.clear();
    context.radios.set(0, Samples.radioAway(Samples.minutesAgo(3)));

    assertEquals(
        "0 nodes\nthe radio is away since 11:57",
        Samples.inRoom(plugin.onCommand(Samples.inRoom("health", ""))));
  }

  @Test
  void ofSeveralRadiosEachIsNamed() throws PluginException {
    context.radios.add(new RadioInfo(
        "hill",
        Optional.empty(),
        false,
        Samples.minutesAgo(3),
        OptionalDouble.of(1),
        OptionalDouble.empty()));

    assertEquals(
        MESH.replace("channel busy", "radio main: channel busy")
            + "\nradio hill: channel busy 1 %\nthe radio hill is away since 11:57",
        Samples.inRoom(plugin.onCommand(Samples.inRoom("health", ""))));
  }

  @Test
  void administratorsReadHowTheRelayIs() throws PluginException {
    CommandCall call = Samples.inRoom("health", "", Command.Role.ADMIN);

    assertEquals(
        MESH + "\nthe relay is well\nwaiting: 2 for the mesh, 3 for rooms",
        Samples.inRoom(plugin.onCommand(call)));
  }

  @Test
  void whatConcernsARoomIsToldToAdministratorsInPrivateOnly() throws PluginException {
    context.parts.add(
        new RelayState.Part("matrix", false, true, "connected", Samples.minutesAgo(60)));
    context.parts.add(new RelayState.Part(
        "store primary", false, false, "it cannot be written", Samples.minutesAgo(10)));
    context.parts.add(new RelayState.Part(
        "private rooms, @ada:example.org and !a1b2c3d4",
        true,
        false,
        "is encrypted",
        Samples.minutesAgo(20)));
    CommandCall.FromRoom shared = Samples.inRoom("health", "", Command.Role.ADMIN);
    CommandCall alone = new CommandCall.FromRoom(
        "health",
        "",
        new Place.Room(Samples.ROOM.id(), true),
        Command.Role.ADMIN,
        shared.event(),
        shared.ends());

    assertEquals(
        MESH
            + Samples.lines(
                "",
                "the relay is not well:",
                "store primary: it cannot be written (since 11:50)",
                "of rooms: 1, which \"longwire status\" names",
                "waiting: 2 for the mesh, 3 for rooms"),
        Samples.inRoom(plugin.onCommand(shared)));
    // Nobody has told measurements in private.
    assertEquals(
        "5 nodes\nchannel busy 4.25 %, own airtime 0.8 %"
            + Samples.lines(
                "",
                "the relay is not well:",
                "store primary: it cannot be written (since 11:50)",
                "private rooms, @ada:example.org and !a1b2c3d4: is encrypted (since 11:40)",
                "waiting: 2 for the mesh, 3 for rooms"),
        Samples.inRoom(plugin.onCommand(alone)));
  }
}
