package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.plugins.host.PluginState;
import org.longwire.plugins.host.PluginState.Condition;
import org.longwire.plugins.host.load.FoundJar;
import org.longwire.plugins.host.load.TestJars;
import org.longwire.relay.run.ControlSocket;
import org.longwire.relay.run.StatusBoard.Health;
import org.longwire.relay.run.StatusPage;

/** Plugins in a real daemon, with real threads. */
class DaemonPluginsTest {
  @TempDir
  Path folder;

  @Test
  void aConfiguredPluginAnswersOnBothSidesAndIsReloaded() throws Exception {
    try (SmallWorld world = SmallWorld.in(folder)) {
      Daemon daemon = world.daemon("plugins.ping.details=false", "plugins.debug.enabled=false");
      SmallWorld.awaitSentence(daemon, "matrix", "connected as");
      SmallWorld.await("the plugin's thread", () -> daemon.roles().contains("plugin-ping"));
      assertFalse(daemon.roles().contains("plugin-debug"));
      world.homeserver().userSays(world.room(), world.maria(), world.bot() + ": !ping");
      SmallWorld.await("an answer in the room", () -> world.bodies().contains("pong!"));
      assertEquals(ControlSocket.Answer.done("ping is started anew"), reload(world, "ping"));
      assertFalse(reload(world, "pong").isDone());
      SmallWorld.await("the new plugin", () -> isActive(world));
      world.peer().says("!ping");
      SmallWorld.await("an answer on the mesh", () -> world.heard().contains("pong!"));
      assertTrue(daemon.status().entries().get(PluginSide.PART) == null);
    }
  }

  @Test
  void commandsThatWereGivenWhileTheRelayWasAwayAreAnsweredAndNotRelayed() throws Exception {
    String[] settings = {"plugins.weather.enabled=true", "commands.mention-required=false"};
    try (SmallWorld world = SmallWorld.in(folder)) {
      Daemon first = world.daemon(settings);
      SmallWorld.awaitSentence(first, "matrix", "connected as");
      world.homeserver().userSays(world.room(), world.maria(), "before");
      SmallWorld.await("the first words", () -> isHeard(world, "before"));
      first.close();
      world.homeserver().userSays(world.room(), world.maria(), "!ping");
      world.homeserver().userSays(world.room(), world.maria(), "!nodes");
      world.homeserver().userSays(world.room(), world.maria(), "after");
      world.daemon(settings);
      SmallWorld.await("the last words", () -> isHeard(world, "after"));
      SmallWorld.await("an answer", () -> world.bodies().contains("pong!"));
      assertEquals(
          List.of(), world.heard().stream().filter(w -> w.contains("!")).toList());
    }
  }

  private static boolean isHeard(SmallWorld world, String words) {
    return world.heard().stream().anyMatch(heard -> heard.endsWith(words));
  }

  @Test
  void aPluginWhoseSectionIsWrongDoesNotRunWithoutItsRestrictions() throws Exception {
    try (SmallWorld world = SmallWorld.in(folder)) {
      Daemon daemon = world.daemon(
          "plugins.drop.roles.drop=admni",
          "plugins.history.channels=[9]",
          "plugins.nodes.enabled=flase",
          "plugins.ping.details=false");
      SmallWorld.awaitSentence(daemon, "matrix", "connected as");
      SmallWorld.await("a plugin that is well", () -> isActive(world));
      for (String id : List.of("drop", "history", "nodes")) {
        assertFalse(daemon.roles().contains("plugin-" + id));
        assertEquals(Condition.BROKEN, state(world, id).orElseThrow().condition());
      }
      String said = state(world, "drop").orElseThrow().sentence();
      assertTrue(said.contains("plugins.drop.roles.drop is \"admni\"; did you mean"), said);
      assertEquals(Health.FAILED, daemon.status().entries().get(PluginSide.PART).health());
      assertEquals(ControlSocket.Answer.failed(said), reload(world, "drop"));
      assertFalse(daemon.roles().contains("plugin-drop"));
      world.peer().says("!ping");
      SmallWorld.await("an answer on the mesh", () -> world.heard().contains("pong!"));
    }
  }

  @Test
  void aDisabledPluginIsIdleAndARemovedOneIsForgotten() throws Exception {
    try (SmallWorld world = SmallWorld.in(folder)) {
      Path plugins = Files.createDirectories(world.state().resolve("plugins"));
      FoundJar jar = TestJars.write(
          plugins.resolve("tides.jar"),
          TestJars.manifest("tides", "net.example.Tides"),
          Map.of("net/example/Tides.class", new byte[1]));
      Path mark = Files.createFile(plugins.resolve("tides.disabled"));
      Daemon daemon = world.daemon("plugins.allow.tides=" + jar.sha256());
      assertEquals(ControlSocket.Answer.done("tides is stopped"), reload(world, "tides"));
      PluginState idle = state(world, "tides").orElseThrow();
      assertEquals(Condition.IDLE, idle.condition());
      assertEquals(
          "tides is disabled; to have it again: longwire plugin enable tides", idle.sentence());
      assertTrue(daemon.status().entries().get(PluginSide.PART) == null);
      Files.delete(jar.file());
      Files.delete(mark);
      assertTrue(reload(world, "tides").isDone());
      assertEquals(Optional.empty(), state(world, "tides"));
    }
  }

  private static ControlSocket.Answer reload(SmallWorld world, String id) {
    return ControlSocket.request(world.state(), "reload-plugin " + id).orElseThrow();
  }

  private static Optional<PluginState> state(SmallWorld world, String id) {
    return StatusPage.read(ControlSocket.ask(world.state()).orElseThrow()).plugins().stream()
        .filter(plugin -> plugin.id().equals(id))
        .findFirst();
  }

  private static boolean isActive(SmallWorld world) {
    return state(world, "ping").orElseThrow().condition() == Condition.ACTIVE;
  }
}
