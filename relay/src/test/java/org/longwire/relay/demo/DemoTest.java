package org.longwire.relay.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.matrix.EventId;
import org.longwire.plugins.host.load.TestJars;
import org.longwire.radio.PacketId;

/** The demo counts honestly, and shows what becomes of each message. */
class DemoTest {
  /** A clean end, as CI demands it. */
  private static final String CLEAN =
      "demo: [1-9][0-9]* mesh messages reached the room, [1-9][0-9]* room messages reached the mesh,"
          + " 0 lost, 0 twice";

  private static final String ECHO = """
      package org.example;

      import java.util.List;
      import org.longwire.plugins.api.*;

      public final class Echo implements Plugin {
        @Override
        public List<Command> commands() {
          return List.of(Command.of("echo", "WORDS", "says the same again"));
        }

        @Override
        public PluginResult onCommand(CommandCall call) {
          return PluginResult.reply(call.args());
        }
      }
      """;

  @TempDir
  Path folder;

  private final Handler[] handlers = Logger.getLogger("").getHandlers();
  private final StringWriter screen = new StringWriter();

  @AfterEach
  void giveTheLogBack() {
    Logger root = Logger.getLogger("");
    for (Handler ours : root.getHandlers()) {
      root.removeHandler(ours);
    }
    for (Handler before : handlers) {
      root.addHandler(before);
    }
  }

  @Test
  void onlyAResultWithoutLossAndDoublingIsClean() {
    DemoTally.Result clean = new DemoTally.Result(5, 4, 0, 0);
    assertTrue(clean.isClean());
    assertTrue(clean.line().matches(CLEAN), clean::line);
    assertFalse(new DemoTally.Result(5, 4, 1, 0).isClean());
    assertFalse(new DemoTally.Result(5, 4, 0, 1).isClean());
    assertFalse(new DemoTally.Result(5, 4, 1, 0).line().matches(CLEAN));
  }

  @Test
  void whatNobodyCarriesAcrossIsCountedAsLost() throws Exception {
    try (DemoWorld world = DemoWorld.build(Optional.empty())) {
      DemoTally tally = new DemoTally(world);
      tally.saidOnMesh(world.peers().get(0).says("into the void"));
      tally.saidInRoom(List.of("never said"));
      DemoTally.Result result = tally.count();
      assertEquals(new DemoTally.Result(0, 0, 2, 0), result);
      assertFalse(result.isClean());
    }
  }

  @Test
  void nothingThatStillHappensStandsBehindTheLastWord() {
    DemoScreen lines = new DemoScreen(new PrintWriter(screen), false);
    lines.show(DemoScreen.Side.DEMO, "it begins");
    lines.end();
    lines.plain("the last word");
    lines.show(DemoScreen.Side.DAEMON, "something late");
    List<String> shown = screen.toString().lines().toList();
    assertEquals(2, shown.size(), shown::toString);
    assertEquals("the last word", shown.get(1));
  }

  @Test
  void whatIsAnsweredAndReactedToIsShownWithItsWords() throws Exception {
    try (DemoWorld world = DemoWorld.build(Optional.empty())) {
      EventId question =
          world.homeserver().userSays(world.room(), world.people().get(0), "Is it cold?");
      world.homeserver().userReplies(world.room(), world.people().get(1), question, "Very");
      world.homeserver().userReacts(world.room(), world.people().get(1), question, "🥶");
      PacketId morning = world.peers().get(0).says("Good morning");
      world.peers().get(1).replies(0, morning, "The same to you");
      world.peers().get(2).reacts(0, morning, "👍");
      DemoScreen lines = new DemoScreen(new PrintWriter(screen), false);
      new DemoWatch(world, lines, new DemoStates(lines), duration -> {}).step();
    }
    String shown = screen.toString();
    for (String words : List.of(
        "room   @tom: Very   (answers \"Is it cold?\")",
        "room   @tom: 🥶   (on \"Is it cold?\")",
        "mesh   Valley Farm: The same to you   (answers \"Good morning\")   (heard by ",
        "mesh   Lake Boat 🚣: 👍   (on \"Good morning\")   (heard by ")) {
      assertTrue(shown.contains(words), words + "\n" + shown);
    }
  }

  @Test
  void aDialogueFromAPipeArrivesWithItsStatesAndStaysInAFolder() throws Exception {
    Path kept = folder.resolve("kept");
    BufferedReader lines =
        new BufferedReader(new StringReader("mesh> hello room\nroom> hello mesh\n"));
    boolean isClean =
        Demo.talk(new PrintWriter(screen), false, DemoSetup.plain(Optional.of(kept)), false, lines);
    String shown = screen.toString();
    assertTrue(isClean, shown);
    assertTrue(shown.lines().anyMatch(line -> line.matches(CLEAN)), shown);
    for (String words : List.of(
        "to the room: .*hello room   \\(in the room\\)",
        "to the mesh: .*hello mesh   \\(queued\\)",
        "to the mesh: .*hello mesh   \\(handed to the node\\)",
        "relay's radio: .*hello mesh   \\(heard by .*")) {
      assertTrue(shown.lines().anyMatch(line -> line.matches(".*" + words)), words + "\n" + shown);
    }
    assertTrue(shown.contains("longwire db stats -c " + kept.resolve("longwire.conf")), shown);
    assertTrue(Files.exists(kept.resolve("state").resolve("store.db")));
  }

  @Test
  void aPluginRunsInItAndCommandsAreNotCountedAsLost() throws Exception {
    BufferedReader lines = new BufferedReader(
        new StringReader("mesh> !echo high tide\nroom> Longwire: !echo low tide\n"));
    DemoSetup setup = new DemoSetup(Optional.empty(), List.of(echo()), List.of());
    boolean isClean = Demo.talk(new PrintWriter(screen), false, setup, false, lines);
    String shown = screen.toString();
    assertTrue(isClean, shown);
    assertTrue(shown.contains("the plugin echo runs"), shown);
    assertTrue(
        shown.contains("demo: 0 mesh messages reached the room, 0 room messages reached the mesh,"
            + " 0 lost, 0 twice"),
        shown);
  }

  @Test
  void aPluginThatDoesNotStartEndsTheDemoWithItsReason() throws Exception {
    DemoSetup setup =
        new DemoSetup(Optional.empty(), List.of(echo()), List.of("plugins.echo.tabel=x"));
    IOException refused =
        assertThrows(IOException.class, () -> Demo.play(new PrintWriter(screen), false, setup));
    assertTrue(
        refused.getMessage().startsWith("the plugin echo does not start: ")
            && refused.getMessage().contains("tabel is no setting of it"),
        refused.getMessage());
  }

  @Test
  void whatIsNoPluginIsRefused() throws Exception {
    Path text = Files.writeString(folder.resolve("text.jar"), "hello");
    IOException refused = assertThrows(
        IOException.class, () -> DemoPlugins.install(List.of(text), folder.resolve("plugins")));
    assertEquals(text + " is no jar", refused.getMessage());
    Path echo = echo();
    refused = assertThrows(
        IOException.class,
        () -> DemoPlugins.install(List.of(echo, echo), folder.resolve("plugins")));
    assertEquals("two jars are one plugin, echo; give one of them", refused.getMessage());
  }

  private Path echo() throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    return TestJars.write(
            folder.resolve("echo.jar"),
            TestJars.manifest("echo", "org.example.Echo"),
            TestJars.compile(classes, Map.of("org.example.Echo", ECHO)))
        .file();
  }
}
