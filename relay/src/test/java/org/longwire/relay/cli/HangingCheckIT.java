package org.longwire.relay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.plugins.host.load.FoundJar;

class HangingCheckIT {
  @TempDir
  Path folder;

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void checkConfigComesToAnEndWhateverAPluginDoes() throws IOException {
    PluginWorld world = new PluginWorld(folder);
    FoundJar jar = world.jar("tides.jar", """
        package org.example;
        public final class Tides implements org.longwire.plugins.api.Plugin {
          @Override public String description() { while (true) { Thread.onSpinWait(); } }
        }
        """);
    Files.createDirectories(world.plugins());
    Files.copy(jar.file(), world.plugins().resolve("tides-1.2.jar"));
    world.configure("plugins { allow { tides = \"%s\" }, tides { isolated = false } }\n"
        .formatted(jar.sha256()));
    Invocation checked = world.run("check-config");
    assertEquals(78, checked.code());
    assertTrue(
        checked.err().startsWith("error: longwire.conf:5: plugins.tides cannot be checked"),
        checked.err());
    assertTrue(checked.err().contains("did not end its call"), checked.err());
  }
}
