package org.longwire.relay.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.matrix.UserId;
import org.longwire.radio.ChannelIndex;
import org.longwire.relay.config.ConfigLoader.Loaded;
import org.longwire.relay.config.ConfigLoader.Sources;
import org.longwire.relay.config.RelayConfig.RadioPort;

class ConfigLoaderTest {
  @TempDir
  Path folder;

  @Test
  void theSmallestFileHasTheDefaultsOfTheDesign() {
    RelayConfig config = ConfigText.load(folder, "@all\n").config().orElseThrow();
    assertEquals("Forx", config.meshnetName());
    assertEquals(folder.resolve("state"), config.stateDirectory());
    assertEquals(
        Map.of(RadioId.MAIN, new RadioPort.Serial(Path.of("/dev/serial/by-id/usb-x"), 115200)),
        config.radios());
    assertEquals("https://example.org", config.matrix().homeserver());
    assertEquals(new UserId("@relay:example.org"), config.matrix().user());
    assertEquals(Optional.empty(), config.matrix().login());
    assertEquals(
        new RelayConfig.Backlog(Duration.ofMinutes(30), 500), config.matrix().maxBacklog());
    assertEquals(Duration.ofDays(7), config.matrix().maxAge());
    assertEquals(
        List.of(new RelayConfig.Bridge(
            "#mesh:example.org", List.of(), RadioId.MAIN, new ChannelIndex(0))),
        config.bridges());
    assertEquals("[{long}/{mesh}]: ", config.prefix().toMatrix().pattern());
    assertEquals("{display5}[M]: ", config.prefix().toMesh().pattern());
    assertEquals(
        new RelayConfig.Mesh(
            true,
            200,
            227,
            5,
            Duration.ofMillis(2400),
            true,
            true,
            Set.of(),
            Set.of(),
            Set.of(),
            new RelayConfig.Places(true, false, Duration.ofMinutes(15)),
            Duration.ofMinutes(30),
            false,
            true,
            new PrefixTemplate(""),
            RelayConfig.Locations.TEXT),
        config.mesh());
    assertEquals(
        new RelayConfig.Interactions(
            true,
            true,
            RelayConfig.ReactionStyle.NATIVE,
            RelayConfig.Edits.CORRECTION,
            true,
            false,
            false),
        config.interactions());
    assertEquals(Level.INFO, config.log().level());
  }

  @Test
  void theEnvironmentWinsOverTheFileAndTheSettingOverBoth() {
    Map<String, String> environment = Map.of(
        "LONGWIRE_MESH__PART_BYTES", "100",
        "LONGWIRE_MESH__MAX_AGE", "10m",
        "LONGWIRE_PREFIX__TO_MATRIX", "[{long}] ",
        "LONGWIRE_PREFIX__TO_MESH", "",
        "LONGWIRE_ARCHIVE", "/somewhere",
        "OTHER", "x");
    Loaded loaded = ConfigText.load(
        folder,
        "@all\nmesh { part-bytes = 90, cut-bytes = 80 }",
        environment,
        List.of("mesh.part-bytes=110", "mesh.chat-portnums=[ ALERT_APP, 66 ]"));
    assertEquals("", loaded.problems().render(false));
    RelayConfig config = loaded.config().orElseThrow();
    assertEquals("[{long}] ", config.prefix().toMatrix().pattern());
    assertTrue(config.prefix().toMesh().isEmpty());
    assertEquals(110, config.mesh().partBytes());
    assertEquals(80, config.mesh().cutBytes());
    assertEquals(Duration.ofMinutes(10), config.mesh().maxAge());
    assertEquals(Set.of(11, 66), config.mesh().chatPortnums());
  }

  @Test
  void aListOfTheEnvironmentThatCannotBeReadIsToldByItsVariable() {
    Loaded loaded = ConfigText.load(
        folder, "@all\n", Map.of("LONGWIRE_MESH__CHAT_PORTNUMS", "[ 66"), List.of());
    assertEquals(
        "LONGWIRE_MESH__CHAT_PORTNUMS: mesh.chat-portnums cannot be read;"
            + " write lists and sections as in the file",
        ConfigText.sentences(loaded, folder).get(0));
  }

  @Test
  void unknownVariablesAndSettingsAreProblemsThatNameThemselves() {
    Loaded loaded = ConfigText.load(
        folder,
        "@all\n",
        Map.of("LONGWIRE_MATRIX__USRE", "x", "LONGWIRE_MESH__SPLIT", "maybe", "LONGWIRE_", "x"),
        List.of("mesh.max-parts=99", "nonsense", "a b=1=2"));
    assertEquals(
        List.of(
            "--set a b: a b is not a key here; the keys at the top are bridges, commands, database,"
                + " direct, interactions, log, matrix, mesh, meshnet-name, nodes, plugins, prefix, radio, radios,"
                + " security",
            "--set mesh.max-parts: mesh.max-parts is 99; write a whole number from 1 to 20,"
                + " because each part takes the air from everybody",
            "--set nonsense: is not a setting; write --set key=value",
            "LONGWIRE_: LONGWIRE_ names no key; write LONGWIRE_SECTION__KEY=value",
            "LONGWIRE_MATRIX__USRE: matrix.usre is not a key here; did you mean \"user\"?",
            "LONGWIRE_MESH__SPLIT: mesh.split is \"maybe\"; write true or false"),
        ConfigText.sentences(loaded, folder));
  }

  @Test
  void everythingMayComeFromTheEnvironment() {
    Map<String, String> environment = Map.of(
        "LONGWIRE_MESHNET_NAME", "Forx",
        "LONGWIRE_RADIO__LINK", "tcp",
        "LONGWIRE_RADIO__HOST", "10.0.0.7",
        "LONGWIRE_MATRIX__HOMESERVER", "https://example.org/",
        "LONGWIRE_MATRIX__USER", "@relay:example.org",
        "LONGWIRE_BRIDGES", "[ { room = \"!abc\", channel = 1 } ]");
    Loaded loaded = ConfigLoader.load(
        new Sources(Optional.empty(), environment, List.of(), Optional.of(folder)));
    assertEquals("", loaded.problems().render(false));
    assertEquals(
        new RadioPort.Tcp("10.0.0.7", 4403),
        loaded.config().orElseThrow().radios().get(RadioId.MAIN));
  }

  @Test
  void warningsLetTheDaemonStart() {
    Loaded loaded = ConfigText.load(folder, """
        @name
        radio { port = "/dev/ttyUSB0" }
        matrix { homeserver = "http://127.0.0.1:8008", user = "@relay:localhost" }
        @bridge
        mesh { chat-portnums = [ 66 ], disabled-portnums = [ 66, 1 ] }
        """);
    assertTrue(loaded.config().isPresent());
    assertFalse(loaded.problems().hasErrors());
    assertEquals(4, loaded.problems().all().size(), loaded.problems().render(false));
  }

  @Test
  void privateRoomsThatAreSwitchedOffAreWarnedOf() {
    Loaded loaded = ConfigText.load(folder, """
        @all
        direct { rooms = [ { user = "@maria:example.org", node = "!a1b2c3d4" } ] }
        """);
    assertTrue(loaded.config().isPresent());
    assertEquals(
        List.of("longwire.conf:5: direct.enabled is false, so that direct.rooms has no effect;"
            + " write true"),
        ConfigText.sentences(loaded, folder));
  }

  @Test
  void privateRoomsOfARelayThatOnlyListensAreWarnedOf() {
    Loaded loaded = ConfigText.load(folder, """
        @all
        direct.enabled = true
        mesh.broadcast = off
        """);
    assertTrue(loaded.config().isPresent());
    assertEquals(
        List.of("longwire.conf:6: mesh.broadcast is false, so that no private room is opened;"
            + " write true, or direct.enabled = false"),
        ConfigText.sentences(loaded, folder));
  }

  @Test
  void aMappingOfARoomWithoutABridgeIsWarnedOf() {
    Loaded loaded = ConfigText.load(folder, """
        @all
        database.sources.archive.path = "x.db"
        database.source-mapping = [ { room = "#hikerz:example.org", source = archive } ]
        """);
    assertTrue(loaded.config().isPresent());
    assertEquals(
        List.of(
            "longwire.conf:6: database.source-mapping[0].room = #hikerz:example.org is no room of"
                + " a bridge; nothing new will be written there"),
        ConfigText.sentences(loaded, folder));
  }

  @Test
  void includesStayWithinFiles() throws IOException {
    Files.writeString(folder.resolve("more.conf"), "mesh.max-parts = 3\nmesh.splitt = true\n");
    Loaded loaded = ConfigText.load(folder, "@all\ninclude \"more.conf\"\ninclude \"none.conf\"\n");
    assertEquals(
        List.of("more.conf:2: mesh.splitt is not a key here; did you mean \"split\"?"),
        ConfigText.sentences(loaded, folder));
  }

  @Test
  void aMissingFileIsOneSentence() {
    Path file = folder.resolve("nothing.conf");
    Loaded loaded =
        ConfigLoader.load(new Sources(Optional.of(file), Map.of(), List.of(), Optional.of(folder)));
    assertEquals(
        "error: " + file
            + ": does not exist; check the path, or copy the example longwire.conf there\n",
        loaded.problems().render(false));
    assertEquals(78, loaded.problems().exitCode());
  }

  @Test
  void aSubstitutionSeesTheEnvironment() {
    Loaded loaded = ConfigText.load(
        folder,
        "@radio\n@matrix\n@bridge\nmeshnet-name = ${MESH}\n",
        Map.of("MESH", "Forx"),
        List.of());
    assertEquals("Forx", loaded.config().orElseThrow().meshnetName());
  }
}
