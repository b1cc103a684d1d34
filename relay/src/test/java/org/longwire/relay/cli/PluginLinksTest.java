package org.longwire.relay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.plugins.host.load.FoundJar;

/** Links that the service has laid among its plugins, before root installs one. */
class PluginLinksTest {
  @TempDir
  Path folder;

  private PluginWorld world;
  private FoundJar jar;
  private Path precious;

  @BeforeEach
  void build() throws IOException {
    world = new PluginWorld(folder);
    jar = world.jar("download.jar", Map.of());
    precious = Files.writeString(folder.resolve("precious"), "precious");
  }

  private Invocation install() {
    return world.run("plugin", "install", jar.file().toString(), "--sha256", jar.sha256());
  }

  @Test
  void noLinkInTheDirectoryIsWrittenThrough() throws IOException {
    Files.createDirectories(world.plugins());
    Path staged = world.plugins().resolve(".incoming-" + ProcessHandle.current().pid());
    Path place = world.plugins().resolve("tides-1.2.jar");
    Files.createSymbolicLink(staged, precious);
    Files.createSymbolicLink(place, precious);
    Invocation done = install();
    assertEquals(0, done.code(), done.err());
    assertEquals("precious", Files.readString(precious));
    assertFalse(Files.isSymbolicLink(place));
    assertEquals(jar.sha256(), FoundJar.read(place).sha256());
  }

  @Test
  void aDirectoryThatIsALinkIsRefused() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.createDirectories(world.state());
    Files.createSymbolicLink(world.plugins(), elsewhere);
    Invocation refused = install();
    assertEquals(77, refused.code());
    assertEquals(
        "longwire: state/plugins is a link, which is not followed; name in plugins.directory where"
            + " it leads\n",
        refused.err());
    try (Stream<Path> files = Files.list(elsewhere)) {
      assertEquals(List.of(), files.toList());
    }
  }
}
