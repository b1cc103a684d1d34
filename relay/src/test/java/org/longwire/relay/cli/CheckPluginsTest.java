package org.longwire.relay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.plugins.host.load.FoundJar;

/** What check-config says of plugins. */
class CheckPluginsTest {
  @TempDir
  Path folder;

  private PluginWorld world;

  @BeforeEach
  void build() throws IOException {
    world = new PluginWorld(folder);
    Files.createDirectories(world.plugins());
  }

  private FoundJar place() throws IOException {
    FoundJar jar = world.jar("tides.jar", Map.of());
    Files.copy(jar.file(), world.plugins().resolve("tides-1.2.jar"));
    return jar;
  }

  private Set<String> check(int code) {
    Invocation done = world.run("check-config");
    assertEquals(code, done.code(), done.shown());
    return done.err().lines().collect(Collectors.toSet());
  }

  @Test
  void sectionsOfPluginsThatAreNotThereAreErrorsWithASuggestion() throws IOException {
    world.configure("""
        plugins {
          pong { }
          lighthouse { }
          allow { tides = "%s" }
          tides { }
        }
        """.formatted("0".repeat(64)));
    assertEquals(
        Set.of(
            "error: longwire.conf:6: plugins.pong is no plugin of Longwire's, and no jar in"
                + " state/plugins is; did you mean \"ping\"?",
            "error: longwire.conf:7: plugins.lighthouse is no plugin of Longwire's, and no jar in"
                + " state/plugins is; install it, or remove this",
            "error: longwire.conf:9: plugins.tides is no plugin of Longwire's, and no jar in"
                + " state/plugins is; put its jar there (\"longwire plugin install\")"),
        check(78));
  }

  @Test
  void settingsOfBuiltInPluginsAreHeldAgainstTheirDeclarations() throws IOException {
    world.configure("""
        plugins {
          drop {
            radius = 5
            exipry = 1d
          }
          debug { enabled = false, nonsense = 1 }
        }
        """);
    Set<String> said = check(78);
    assertEquals(2, said.size(), said.toString());
    assertTrue(
        said.stream()
            .anyMatch(l -> l.startsWith("error: longwire.conf:7: plugins.drop.radius is 5")),
        said.toString());
    assertTrue(
        said.contains("error: longwire.conf:8: plugins.drop.exipry is no setting of it;"
            + " did you mean \"expiry\"?"),
        said.toString());
  }

  @Test
  void settingsOfAJarAreHeldAgainstItsOwnDeclarations() throws IOException {
    FoundJar jar = place();
    String allow = "plugins { allow { tides = \"%s\" } }\n".formatted(jar.sha256());
    world.configure(allow + "plugins.tides { unit = feet }\n");
    assertEquals(Set.of(), check(0));
    world.configure(allow + "plugins.tides { unit = fathoms }\n");
    List<String> said = List.copyOf(check(78));
    assertEquals(1, said.size());
    assertTrue(
        said.get(0).startsWith("error: longwire.conf:6: plugins.tides.unit is \"fathoms\""),
        said.get(0));
  }

  @Test
  void aJarIsRunInAProcessOfItsOwnEvenIfItsSectionWantsItInside() throws IOException {
    FoundJar jar = world.jar("tides.jar", """
        package org.example;
        import java.util.List;
        import org.longwire.plugins.api.*;
        public final class Tides implements Plugin {
          @Override public List<String> check(Settings settings) {
            return List.of("runs in " + ProcessHandle.current().pid());
          }
        }
        """);
    Files.copy(jar.file(), world.plugins().resolve("tides-1.2.jar"));
    world.configure("plugins { allow { tides = \"%s\" }, tides { isolated = false } }\n"
        .formatted(jar.sha256()));
    String said = check(78).iterator().next();
    assertTrue(said.matches("error: longwire.conf:5: plugins.tides: runs in [0-9]+"), said);
    assertFalse(said.endsWith(" " + ProcessHandle.current().pid()), said);
  }

  @Test
  void aJarThatWouldNotBeLoadedIsAnErrorIfItIsMeantAndElseAWarning() throws IOException {
    FoundJar jar = place();
    String sentence = "state/plugins: tides-1.2.jar is not allowed to run; if you trust it, write"
        + " plugins.allow { tides = \"%s\" }".formatted(jar.sha256());
    assertEquals(Set.of("warning: " + sentence), check(0));
    world.configure("plugins.tides { }\n");
    assertEquals(Set.of("error: " + sentence), check(78));
    world.configure("plugins { tides { enabled = false }, deny = [ tides ] }\n");
    assertEquals(Set.of(), check(0));
  }
}
