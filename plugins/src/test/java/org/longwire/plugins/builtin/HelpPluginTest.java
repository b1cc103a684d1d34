package org.longwire.plugins.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.Command.Where;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.PluginException;

class HelpPluginTest {
  private final HelpPlugin help = new HelpPlugin();
  private HandContext context;

  @BeforeEach
  void start(@TempDir Path directory) {
    context = new HandContext(directory);
    context.commands.addAll(List.of(
        Command.of("ping", "", "says that the relay is there").or("test"),
        Command.of(
            "nodes", "[node]", "says which nodes were heard lately, or what is known of one"),
        Command.of("dm", "node", "opens a private room with a node")
            .in(Where.ROOM)
            .by(Command.Role.MODERATOR),
        Command.of("help", "[command]", "says what you may ask here")));
    help.start(context);
  }

  @Test
  void aRoomReadsALineForEachCommandAsItIsWrittenThere() throws PluginException {
    assertEquals(
        Samples.lines(
            "Longwire: !dm node – opens a private room with a node",
            "Longwire: !help [command] – says what you may ask here",
            "Longwire: !nodes [node] – says which nodes were heard lately, or what is known "
                + "of one",
            "Longwire: !ping – says that the relay is there"),
        Samples.inRoom(help.onCommand(Samples.inRoom("help", ""))));
  }

  @Test
  void whereNobodyNeedsToCallTheRelayByNameNobodyIsToldTo() throws PluginException {
    CommandCall call = new CommandCall.FromRoom(
        "help",
        "ping",
        Samples.ROOM,
        Command.Role.EVERYONE,
        Samples.said("!help ping", Samples.NOON),
        List.of(Samples.CHANNEL));

    assertEquals(
        "!ping – says that the relay is there; also !test; in rooms and on the mesh",
        Samples.inRoom(help.onCommand(call)));
  }

  @Test
  void theMeshIsToldTheNames() throws PluginException {
    assertEquals(
        "!dm, !help, !nodes, !ping", Samples.onMesh(help.onCommand(Samples.onMesh("help", ""))));
  }

  @Test
  void oneCommandIsExplainedAlsoByAnotherWordForIt() throws PluginException {
    assertEquals(
        "Longwire: !dm node – opens a private room with a node; in rooms; for moderators",
        Samples.inRoom(help.onCommand(Samples.inRoom("help", "!DM"))));
    assertEquals(
        "!ping – says that the relay is there",
        Samples.onMesh(help.onCommand(Samples.onMesh("help", "test"))));
  }

  @Test
  void forAWordThatIsNoCommandTheNearestIsNamed() throws PluginException {
    assertEquals(
        "there is no command !nods here; did you mean !nodes?",
        Samples.failure(help.onCommand(Samples.onMesh("help", "nods"))));
    assertEquals(
        "there is no command !weather here; !help lists those there are",
        Samples.failure(help.onCommand(Samples.inRoom("help", "weather"))));
  }

  @Test
  void moreCommandsThanThePacketHoldsAreCounted() throws PluginException {
    context.commands.clear();
    IntStream.range(100, 140)
        .forEach(i -> context.commands.add(Command.of("command-" + i, "", "does nothing")));

    assertEquals(
        IntStream.range(100, 114).mapToObj(i -> "!command-" + i + ", ").reduce("", String::concat)
            + "+26",
        Samples.onMesh(help.onCommand(Samples.onMesh("help", ""))));
  }
}
