package org.longwire.relay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.longwire.relay.config.ConfigLoader;
import org.longwire.relay.config.RelayConfig;

/** Random configurations, as far as the loader takes them. */
final class FuzzedConfig {
  static final String ROOM_A = "!a:example.org";
  static final String ROOM_B = "!b:example.org";

  private static final String FRAME = """
      meshnet-name = "Forx"
      radios {
        main { link = tcp, host = "127.0.0.1" }
        hill { link = tcp, host = "127.0.0.2" }
      }
      bridges = [
        { room = "!a:example.org", channel = 0, radio = main }
        { room = "!b:example.org", channel = 1, radio = main }
        { room = "!b:example.org", channel = 0, radio = hill }
      ]
      matrix {
        homeserver = "https://example.org", user = "@relay:example.org", token = "t"
        trusted-relays = [ "@mmrelay:example.org" ]
      }
      direct { enabled = true }
      commands { mesh = [ where, trace ], admins = [ "@alice:example.org" ] }
      """;

  private static final String[] TO_MESH = {
    "",
    "{display5}[M]: ",
    "{display}[M]: ",
    "{display20} ",
    "{user}: ",
    "{username}@{server} ",
    "{display1}{display20}{username}: ",
    "\uD83D\uDCAC{display3}\u200D: "
  };

  private static final String[] TO_MATRIX = {
    "", "[{long}/{mesh}]: ", "[{short}] ", "<b>{long20}</b>: ", "{long1}{short}{mesh3}> "
  };

  private static final String[] LINKS = {
    "", "https://m.example.org/{server}/{media}", "{room}/{event}/{media}{media}"
  };

  private final RandomGenerator random;
  private final Path file;

  private FuzzedConfig(RandomGenerator random, Path file) {
    this.random = random;
    this.file = file;
  }

  static List<RelayConfig> some(RandomGenerator random, int count, Path directory)
      throws IOException {
    FuzzedConfig fuzzed = new FuzzedConfig(random, directory.resolve("longwire.conf"));
    List<RelayConfig> configs = new ArrayList<>();
    while (configs.size() < count) {
      fuzzed.next(directory).ifPresent(configs::add);
    }
    return configs;
  }

  private Optional<RelayConfig> next(Path directory) throws IOException {
    Files.writeString(file, FRAME + prefixes() + mesh() + interactions());
    return ConfigLoader.load(new ConfigLoader.Sources(
            Optional.of(file), Map.of(), List.of(), Optional.of(directory)))
        .config();
  }

  private String prefixes() {
    return "prefix { to-mesh = \"%s\", to-matrix = \"%s\" }\n"
        .formatted(any(TO_MESH), any(TO_MATRIX));
  }

  private String mesh() {
    return """
        mesh {
          split = %b, part-bytes = %d, cut-bytes = %d, max-parts = %d, keep-signed = %b
          attachments = %b, attachment-link = "%s", locations = %s, positions = %b
          waypoints = %b, chat-portnums = [ RANGE_TEST_APP, 300 ], detection-sensor = %b
        }
        """.formatted(
            random.nextInt(4) > 0,
            40 + random.nextInt(193),
            40 + random.nextInt(193),
            1 + random.nextInt(20),
            random.nextInt(3) == 0,
            random.nextInt(8) > 0,
            any(LINKS),
            any("text", "position"),
            random.nextBoolean(),
            random.nextInt(8) > 0,
            random.nextBoolean());
  }

  private String interactions() {
    return """
        interactions {
          replies = %b, reactions = %b, reaction-style = %s, edits = %s
          marks = %b, send-status = %b
        }
        """.formatted(
            random.nextInt(8) > 0,
            random.nextInt(8) > 0,
            any("native", "text"),
            any("correction", "ignore"),
            random.nextBoolean(),
            random.nextBoolean());
  }

  private String any(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
