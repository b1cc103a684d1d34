package org.longwire.relay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longwire.relay.config.ConfigLoader;
import org.longwire.relay.config.RelayConfig;

/** Configurations as people would write them. */
final class TestConfig {
  private TestConfig() {}

  /** One radio, one room. The radio's address is never used: the world holds the cable. */
  static String usual(TestWorld world) {
    return """
        meshnet-name = "Forx"
        radio { link = tcp, host = "127.0.0.1" }
        bridges = [ { room = "#mesh:localhost", channel = 0 } ]
        prefix { to-matrix = "[{short}] ", to-mesh = "{display5}: " }
        """ + matrix(world, "");
  }

  static String matrix(TestWorld world, String more) {
    return """
        matrix { homeserver = "%s", user = "%s", password-file = "%s" %s }
        """.formatted(
            world.server.baseUrl(), world.bot, world.directory.resolve("password"), more);
  }

  static RelayConfig load(TestWorld world, String text, String directory) throws IOException {
    Path file = Files.createTempFile(world.directory, "longwire", ".conf");
    Files.writeString(file, text);
    ConfigLoader.Loaded loaded = ConfigLoader.load(new ConfigLoader.Sources(
        Optional.of(file), Map.of(), List.of(), Optional.of(world.directory.resolve(directory))));
    return loaded
        .config()
        .orElseThrow(() -> new IllegalArgumentException(loaded.problems().render(false)));
  }

  /** The same with its state elsewhere. */
  static RelayConfig in(RelayConfig config, Path state) {
    return new RelayConfig(
        config.meshnetName(),
        state,
        config.radios(),
        config.matrix(),
        config.bridges(),
        config.prefix(),
        config.mesh(),
        config.log(),
        config.database(),
        config.nodes(),
        config.commands(),
        config.direct(),
        config.interactions(),
        config.plugins(),
        config.security());
  }
}
