package org.longwire.radio.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.radio.NodeId;

/**
 * The official Meshtastic command line against the simulated radio, so that the simulator answers
 * to someone else's idea of the protocol. Fails where the client cannot be had.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class OfficialClientIT {
  private static final Path ROOT = Path.of(System.getProperty("longwire.root", ".."));
  private static final Duration RUN_LIMIT = Duration.ofMinutes(2);
  private static final Duration INSTALL_LIMIT = Duration.ofMinutes(8);

  private static Path client;

  @TempDir
  Path directory;

  private SimulatedRadio radio;
  private SimulatedPeer peer;
  private TcpRadio port;

  private record Run(int exit, String output) {}

  @BeforeAll
  static void install() throws Exception {
    Path script = ROOT.resolve(".ci/venv.sh").toAbsolutePath();
    Path requirements = ROOT.resolve("radio/src/test/python/requirements.txt").toAbsolutePath();
    Path log = Files.createTempFile("venv", ".log");
    Run run =
        run(log, INSTALL_LIMIT, List.of(script.toString(), "meshtastic", requirements.toString()));
    assertEquals(0, run.exit(), "the official client could not be installed:\n" + run.output());
    client = ROOT.resolve("target/venv-meshtastic/bin/meshtastic").toAbsolutePath();
  }

  @BeforeEach
  void start() throws Exception {
    radio = SimulatedRadio.builder()
        .withNode(new NodeSettings(new NodeId(0xa1b2c3d4)).named("Longwire Base", "LWB"))
        .withRandom(new Random(4403))
        .withPeer(new NodeId(0x0badcafe), "Dünenfunk 73", "DÜF")
        .withPeer(new NodeId(0xfffffffe), "Away <b>Team</b>", "🐢")
        .build();
    peer = radio.mesh().peers().get(0);
    port = radio.openTcp(0);
  }

  @AfterEach
  void stop() {
    radio.close();
  }

  @Test
  void listsTheNodes() throws Exception {
    Run run = meshtastic("--nodes");
    assertEquals(0, run.exit(), run.output());
    for (String word : List.of("!a1b2c3d4", "!0badcafe", "!fffffffe", "Dünenfunk 73", "🐢")) {
      assertTrue(run.output().contains(word), word + " is missing in:\n" + run.output());
    }
  }

  @Test
  void showsTheRadioAndItsSettings() throws Exception {
    Run run = meshtastic("--info");
    assertEquals(0, run.exit(), run.output());
    for (String word : List.of("Longwire Base", "2.7.26", "PRIMARY", "\"lora\"")) {
      assertTrue(run.output().contains(word), word + " missing:\n" + run.output());
    }
  }

  @Test
  void sendsATextThatThePeersHear() throws Exception {
    Run run = meshtastic("--sendtext", "hello from the official client ☕");
    assertEquals(0, run.exit(), run.output());
    List<HeardText> heard = List.of();
    for (int i = 0; i < 100 && heard.isEmpty(); i++) {
      TimeUnit.MILLISECONDS.sleep(100);
      heard = peer.heard();
    }
    assertEquals(1, heard.size());
    assertEquals("hello from the official client ☕", heard.get(0).text());
    assertEquals(new NodeId(0xa1b2c3d4), heard.get(0).from());
  }

  @Test
  void hearsThatItsTextWasRepeated() throws Exception {
    Run run = meshtastic("--sendtext", "did anybody hear me?", "--ack");
    assertEquals(0, run.exit(), run.output());
    assertTrue(run.output().contains("Received an implicit ACK"), run.output());
  }

  @Test
  void receivesATextOfAPeer() throws Exception {
    Path log = directory.resolve("listen.log");
    Process listener = client(log, "--listen").start();
    try {
      boolean heard = false;
      for (int i = 0; i < 60 && !heard; i++) {
        TimeUnit.MILLISECONDS.sleep(500);
        if (radio.node().isInSession()) {
          peer.says("Grüße vom Deich");
        }
        heard = Files.readString(log).contains("Grüße vom Deich");
      }
      assertTrue(heard, Files.readString(log));
    } finally {
      listener.destroyForcibly().waitFor();
    }
  }

  private Run meshtastic(String... arguments) throws IOException, InterruptedException {
    Path log = directory.resolve("client.log");
    return finish(client(log, arguments).start(), log, RUN_LIMIT);
  }

  private ProcessBuilder client(Path log, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(client.toString());
    command.add("--host");
    command.add(port.host() + ":" + port.port());
    command.addAll(List.of(arguments));
    return builder(log, command);
  }

  private static Run run(Path log, Duration limit, List<String> command)
      throws IOException, InterruptedException {
    return finish(builder(log, command).start(), log, limit);
  }

  private static ProcessBuilder builder(Path log, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("PYTHONUTF8", "1");
    builder.environment().put("PYTHONUNBUFFERED", "1");
    builder.environment().put("COLUMNS", "400");
    return builder.redirectErrorStream(true).redirectOutput(log.toFile());
  }

  private static Run finish(Process process, Path log, Duration limit)
      throws IOException, InterruptedException {
    if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      return new Run(-1, "did not end in time\n" + Files.readString(log));
    }
    return new Run(process.exitValue(), Files.readString(log));
  }
}
