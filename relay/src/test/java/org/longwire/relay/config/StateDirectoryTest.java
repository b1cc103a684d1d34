package org.longwire.relay.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {
  @TempDir
  Path folder;

  @Test
  void theOptionDecides() {
    assertEquals(
        Optional.of(Path.of("/a")),
        StateDirectory.find(Optional.of(Path.of("/a")), Map.of("STATE_DIRECTORY", "/b"), folder));
  }

  @Test
  void thenTheFirstDirectoryThatSystemdGives() {
    assertEquals(
        Optional.of(Path.of("/b")), find(Map.of("STATE_DIRECTORY", "/b:/c", "HOME", "/h"), folder));
  }

  @Test
  void thenTheSystemsIfItIsThere() throws IOException {
    assertEquals(Optional.of(folder), find(Map.of("HOME", "/h"), folder));
    Path file = Files.createFile(folder.resolve("file"));
    assertEquals(
        Optional.of(Path.of("/h/.local/state/longwire")), find(Map.of("HOME", "/h"), file));
  }

  @Test
  void thenTheUsersOwn() {
    Path nothing = folder.resolve("nothing");
    assertEquals(
        Optional.of(Path.of("/x/longwire")),
        find(Map.of("HOME", "/h", "XDG_STATE_HOME", "/x"), nothing));
    assertEquals(
        Optional.of(Path.of("/h/.local/state/longwire")),
        find(Map.of("HOME", "/h", "XDG_STATE_HOME", "relative"), nothing));
    assertEquals(Optional.empty(), find(Map.of(), nothing));
  }

  private static Optional<Path> find(Map<String, String> environment, Path system) {
    return StateDirectory.find(Optional.empty(), environment, system);
  }
}
