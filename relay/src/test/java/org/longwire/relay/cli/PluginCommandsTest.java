package org.longwire.relay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.plugins.host.PluginState;
import org.longwire.plugins.host.load.FoundJar;
import org.longwire.plugins.host.load.TestJars;
import org.longwire.relay.run.ControlSocket;
import org.longwire.relay.run.StatusBoard;
import org.longwire.relay.run.StatusPage;
import org.longwire.relay.run.Worker;
import org.longwire.relay.scan.OsvDouble;

/** What an operator does with plugins on the command line. */
class PluginCommandsTest {
  private static final String SBOM =
      "{\"components\":[{\"purl\":\"%s\"}]}".formatted(OsvDouble.PURL);

  @TempDir
  Path folder;

  private PluginWorld world;
  private FoundJar jar;

  @BeforeEach
  void build() throws IOException {
    world = new PluginWorld(folder);
    jar = world.jar("download.jar", Map.of());
  }

  private Invocation install(FoundJar which) {
    return world.run("plugin", "install", which.file().toString(), "--sha256", which.sha256());
  }

  private List<String> files() throws IOException {
    if (!Files.exists(world.plugins())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(world.plugins())) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  private String allowing(FoundJar which) {
    return "plugins { allow { tides = \"%s\" } }\n".formatted(which.sha256());
  }

  @Test
  void anInstalledJarIsShownPlacedAndGivenItsLines() throws IOException {
    Invocation done = install(jar);
    assertEquals(0, done.code(), done.err());
    assertEquals("""
        tides 1.2 is installed as state/plugins/tides-1.2.jar

        To have it loaded, write into the configuration, and restart the daemon:

        plugins {
          allow { tides = "%s" }
          tides { }
        }

        Its settings: longwire plugin show tides
        """.formatted(jar.sha256()), done.out());
    assertEquals(List.of("tides-1.2.jar"), files());
    world.configure("plugins { allow { tides = \"%s\" }, tides { } }".formatted(jar.sha256()));
    assertEquals("""
        tides 1.2 is installed as state/plugins/tides-1.2.jar
        the configuration allows it already
        no daemon runs that could be told; it will see for itself when it starts
        """, install(jar).out());
  }

  @Test
  void anOlderVersionIsReplaced() throws IOException {
    install(jar);
    String newer = TestJars.manifest("tides", "org.example.Tides").replace("1.2", "1.3");
    assertEquals(0, install(world.jar("newer.jar", newer, Map.of())).code());
    assertEquals(List.of("tides-1.3.jar"), files());
  }

  @Test
  void withoutAHashItIsToldAndNothingIsInstalled() throws IOException {
    Invocation refused = world.run("plugin", "install", jar.file().toString());
    assertEquals(64, refused.code());
    assertEquals("SHA-256 " + jar.sha256() + "\n", refused.out());
    assertEquals(
        "longwire: nothing is installed without its hash: compare the one above with what the"
            + " author publishes, and give it with --sha256\n",
        refused.err());
    assertEquals(List.of(), files());
  }

  @Test
  void whatIsWrongWithAJarIsOneSentenceAndLeavesNothingBehind() throws IOException {
    Invocation other =
        world.run("plugin", "install", jar.file().toString(), "--sha256", "0".repeat(64));
    assertEquals(65, other.code());
    assertEquals(
        "longwire: this is another file: its SHA-256 is %s; nothing was installed\n"
            .formatted(jar.sha256()),
        other.err());

    FoundJar ping = world.jar("ping.jar", TestJars.manifest("ping", "org.example.Tides"), Map.of());
    assertEquals(65, install(ping).code());
    assertTrue(install(ping).err().contains("as a plugin of Longwire itself does"));

    FoundJar young = world.jar(
        "young.jar",
        TestJars.manifest("tides", "org.example.Tides").replace("Api: 1.0", "Api: 9.0"),
        Map.of());
    assertTrue(install(young).err().contains("needs version 9.0 of the plugin interface"));

    Invocation missing = world.run("plugin", "install", "/nowhere.jar", "--sha256", "00");
    assertEquals(69, missing.code());
    assertEquals("longwire: there is no file /nowhere.jar\n", missing.err());
    Invocation plain = world.run("plugin", "install", "http://example.org/x.jar", "--sha256", "00");
    assertEquals(64, plain.code());
    assertTrue(plain.err().contains("over https only"), plain.err());
    Invocation away = world.run("plugin", "install", "https://127.0.0.1:1/x.jar", "--sha256", "0");
    assertEquals(69, away.code());
    assertEquals(1, away.err().lines().count(), away.err());
    assertEquals(List.of(), files());
  }

  @Test
  void whatIsNoJarIsToldAfterItsHashWasRight() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.jar"), "no jar");
    String hash = world.run("plugin", "install", broken.toString()).out().strip();
    Invocation corrupt = world.run(
        "plugin", "install", broken.toString(), "--sha256", hash.substring("SHA-256 ".length()));
    assertEquals(65, corrupt.code());
    assertEquals("longwire: broken.jar is no jar; nothing was installed\n", corrupt.err());
    assertEquals(List.of(), files());
  }

  @Test
  void listTellsWhatADaemonWouldFind() throws IOException {
    install(jar);
    Invocation list = world.run("plugin", "list");
    assertEquals(75, list.code());
    assertTrue(
        list.out().lines().anyMatch(l -> l.matches("ping +ready +built in: .+")), list.out());
    assertTrue(
        list.out().lines().anyMatch(l -> l.matches("debug +idle +built in: .+")), list.out());
    assertTrue(
        list.out().lines().anyMatch(l -> l.matches("tides 1.2 +broken +tides-1.2.jar")),
        list.out());
    assertTrue(list.out().contains("tides-1.2.jar is not allowed to run"), list.out());
    world.configure(allowing(jar));
    Invocation json = world.run("plugin", "list", "--json");
    assertEquals(0, json.code());
    assertTrue(json.out().startsWith("{\"running\":false,\"plugins\":["), json.out());
    assertTrue(
        json.out()
            .contains("{\"id\":\"tides\",\"version\":\"1.2\",\"origin\":\"tides-1.2.jar\","
                + "\"condition\":\"ready\",\"sentence\":\"\",\"description\":\"\"}"),
        json.out());
  }

  @Test
  void verifyTellsTheHashesAndWhichJarsAreOthers() throws IOException {
    assertEquals(
        "there is no jar in state/plugins\n", world.run("plugin", "verify").out());
    install(jar);
    world.configure(allowing(jar));
    Invocation right = world.run("plugin", "verify");
    assertEquals(0, right.code());
    assertEquals("ok    tides-1.2.jar  %s\n".formatted(jar.sha256()), right.out());
    world.configure("plugins { allow { tides = \"%s\" } }".formatted("0".repeat(64)));
    Invocation wrong = world.run("plugin", "verify");
    assertEquals(65, wrong.code());
    assertTrue(wrong.out().startsWith("FAIL  tides-1.2.jar  " + jar.sha256()), wrong.out());
    assertTrue(
        world.run("plugin", "verify", "--json").out().contains("\"verdict\":\"WRONG_HASH\""));
  }

  @Test
  void disableEnableAndRemoveChangeTheDirectory() throws IOException {
    install(jar);
    world.configure(allowing(jar));
    String toldNobody =
        "no daemon runs that could be told; it will see for itself when it starts\n";
    assertEquals(
        "tides is disabled\n" + toldNobody,
        world.run("plugin", "disable", "tides").out());
    assertEquals(
        "tides was disabled already\n" + toldNobody,
        world.run("plugin", "disable", "tides").out());
    assertEquals(List.of("tides-1.2.jar", "tides.disabled"), files());
    assertTrue(world.run("plugin", "list").out().contains("tides is disabled"));
    assertEquals(
        "tides is enabled\n" + toldNobody,
        world.run("plugin", "enable", "tides").out());
    Invocation gone = world.run("plugin", "remove", "tides");
    assertEquals(
        "state/plugins/tides-1.2.jar is gone\n" + toldNobody
            + "now take tides out of plugins { } in the configuration, too\n",
        gone.out());
    assertEquals(List.of(), files());
    assertEquals(69, world.run("plugin", "remove", "tides").code());
    assertEquals(64, world.run("plugin", "remove", "ping").code());
    assertEquals(0, world.run("plugin", "disable", "ping").code());
    assertTrue(world.run("plugin", "list").out().lines().anyMatch(l -> l.matches("ping +idle.*")));
  }

  @Test
  void showTellsCommandsAndSettingsOfBuiltInOnesAndOfJars() throws IOException {
    Invocation ping = world.run("plugin", "show", "drop");
    assertEquals(0, ping.code(), ping.err());
    assertTrue(ping.out().startsWith("drop (built in): it leaves words at a place"), ping.out());
    assertTrue(ping.out().contains("    radius = 1000  # a whole number, 50 to 50000"), ping.out());
    assertTrue(ping.out().contains("    expiry = 30d  # a time, 1h to 366d"), ping.out());

    install(jar);
    Invocation refused = world.run("plugin", "show", "tides");
    assertEquals(69, refused.code());
    assertTrue(refused.err().contains("is not allowed to run"), refused.err());
    world.configure(allowing(jar));
    Invocation tides = world.run("plugin", "show", "tides");
    assertEquals(0, tides.code(), tides.err());
    assertEquals("""
        tides 1.2 (tides-1.2.jar): it says when the water is high

        Commands:
          !tide [harbour]               it says when the water is high
                                        everyone, everywhere

        plugins {
          tides {
            # what heights are told in
            unit = "metres"  # metres, feet
            # and what every plugin's section may say: see longwire.conf
          }
        }
        """, tides.out());
  }

  @Test
  void scanTellsKnownHoles() throws IOException {
    FoundJar listed =
        world.jar("listed.jar", Map.of("META-INF/bom.json", SBOM.getBytes(StandardCharsets.UTF_8)));
    install(listed);
    try (OsvDouble osv = new OsvDouble()) {
      String url = "security.osv-url=" + osv.base();
      Invocation scan = world.run("plugin", "scan", "--set", url);
      assertEquals(65, scan.code(), scan.err());
      assertTrue(scan.out().contains(": known holes: 1\n"), scan.out());
      assertTrue(
          scan.out()
              .contains("  org.example:tides-data 1.0  GHSA-aaaa-bbbb-cccc (CVE-2026-0001)  high\n"
                  + "    Tides may be �[2Jread aloud\n"
                  + "    mended in 1.1\n"),
          scan.out());
      Invocation json = world.run("plugin", "scan", "tides", "--json", "--set", url);
      assertTrue(json.out().contains("\"id\":\"GHSA-aaaa-bbbb-cccc (CVE-2026-0001)\""));
      assertEquals(2, osv.asked().size());
    }
  }

  @Test
  void aScanTellsOfAJarThatCannotBeReadAndGoesOn() throws IOException {
    FoundJar listed =
        world.jar("listed.jar", Map.of("META-INF/bom.json", SBOM.getBytes(StandardCharsets.UTF_8)));
    Files.createDirectories(world.plugins());
    Path corrupt = Files.writeString(world.plugins().resolve("a.jar"), "no jar");
    try (OsvDouble osv = new OsvDouble()) {
      String url = "security.osv-url=" + osv.base();
      String error = "error: a.jar is no jar; get it again, or remove it\n";
      assertEquals(new Invocation(69, "", error), world.run("plugin", "scan", "--set", url));
      install(listed);
      Invocation both = world.run("plugin", "scan", "--set", url);
      assertEquals(65, both.code());
      assertEquals(error, both.err());
      assertTrue(both.out().contains(": known holes: 1\n"), both.out());
      Invocation json = world.run("plugin", "scan", "--json", "--set", url);
      assertTrue(json.out().contains("\"problem\":\"a.jar is no jar; get it again"), json.out());
      assertTrue(json.out().contains("\"id\":\"GHSA-aaaa-bbbb-cccc"), json.out());
      Files.delete(corrupt);
      assertEquals("", world.run("plugin", "scan", "--set", url).err());
    }
  }

  @Test
  void anInstallationWarnsWhereNobodyCanBeAskedAndAScanFails() throws IOException {
    world.configure("security { dependency-scan = osv, osv-url = \"http://127.0.0.1:1\" }\n");
    FoundJar listed =
        world.jar("listed.jar", Map.of("META-INF/bom.json", SBOM.getBytes(StandardCharsets.UTF_8)));
    Invocation done = install(listed);
    assertEquals(0, done.code());
    assertTrue(
        done.err().startsWith("warning: nobody could be asked about known holes: 127.0.0.1:1: "),
        done.err());
    assertEquals(1, done.err().lines().count());
    assertEquals(69, world.run("plugin", "scan").code());
  }

  @Test
  void aRunningDaemonIsAskedAndTold() throws Exception {
    Files.createDirectories(world.state());
    List<String> asked = new CopyOnWriteArrayList<>();
    PluginState ping = new PluginState(
        "ping",
        "0.1.0",
        "built in",
        "answers",
        PluginState.Condition.RESTING,
        "it threw five times",
        7,
        5,
        0,
        Map.of("pings", 3L));
    StatusBoard board = new StatusBoard(java.time.Instant::now);
    board.tell("matrix", StatusBoard.Health.OK, "connected");
    ControlSocket socket = ControlSocket.open(
            world.state(), () -> StatusPage.of(board, List.of(ping)).write(), request -> {
              asked.add(request);
              return request.endsWith(" ping")
                  ? ControlSocket.Answer.done("ping is started anew")
                  : ControlSocket.Answer.failed("there is no plugin tide; see the list");
            })
        .orElseThrow();
    try (Worker worker = new Worker("control", socket, Duration.ofSeconds(5), bug -> {})) {
      Invocation list = world.run("plugin", "list");
      assertEquals(75, list.code(), worker.role());
      assertEquals("""
          ping 0.1.0  resting       built in: answers
              it threw five times
              7 calls, 5 faults, 0 missed; pings 3
          """, list.out());
      Invocation status = world.run("status");
      assertEquals(75, status.code());
      assertTrue(status.out().contains("FAIL  plugin ping  resting: it threw five times"));
      assertTrue(world.run("status", "--json").out().contains("\"condition\":\"resting\""));
      assertEquals(
          "ping is started anew\n", world.run("plugin", "reload", "ping").out());
      Invocation unknown = world.run("plugin", "reload", "tide");
      assertEquals(69, unknown.code());
      assertEquals("longwire: there is no plugin tide; see the list\n", unknown.err());
      assertTrue(world.run("plugin", "disable", "ping").out().contains("started anew"));
    } finally {
      socket.close();
    }
    assertEquals(List.of("reload-plugin ping", "reload-plugin tide", "reload-plugin ping"), asked);
    Invocation nobody = world.run("plugin", "reload", "ping");
    assertEquals(69, nobody.code());
    assertFalse(nobody.err().isEmpty());
  }
}
