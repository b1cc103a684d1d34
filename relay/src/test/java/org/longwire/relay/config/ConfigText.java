package org.longwire.relay.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longwire.relay.config.ConfigLoader.Loaded;
import org.longwire.relay.config.ConfigLoader.Sources;

/** Writes a configuration into a folder and loads it there. */
final class ConfigText {
  private static final String NAME = "meshnet-name = \"Forx\"\n";
  private static final String RADIO = "radio { port = \"/dev/serial/by-id/usb-x\" }\n";
  private static final String MATRIX =
      "matrix { homeserver = \"https://example.org\", user = \"@relay:example.org\" }\n";
  private static final String BRIDGE =
      "bridges = [ { room = \"#mesh:example.org\", channel = 0 } ]\n";

  /** The disk, on which nothing is open to all, whatever the umask of whoever tests. */
  private static final Secrets.SecretFiles CLOSED = new Secrets.SecretFiles() {
    @Override
    public byte[] read(Path path, int limit) throws IOException {
      return Secrets.DISK.read(path, limit);
    }

    @Override
    public boolean isOpenToAll(Path path) {
      return false;
    }
  };

  private ConfigText() {}

  /**
   * The text with {@code @name}, {@code @radio}, {@code @matrix}, {@code @bridge}, {@code @all}.
   */
  static String expand(String text) {
    return text.replace("@all\n", NAME + RADIO + MATRIX + BRIDGE)
        .replace("@name\n", NAME)
        .replace("@radio\n", RADIO)
        .replace("@matrix\n", MATRIX)
        .replace("@bridge\n", BRIDGE);
  }

  static Loaded load(Path folder, String text) {
    return load(folder, text, Map.of(), List.of());
  }

  static Loaded load(
      Path folder, String text, Map<String, String> environment, List<String> settings) {
    Path state = folder.resolve("state");
    Sources sources =
        new Sources(Optional.of(write(folder, text)), environment, settings, Optional.of(state));
    return ConfigLoader.load(sources, CLOSED, folder.resolve("none"));
  }

  static Path write(Path folder, String text) {
    try {
      byte[] bytes = expand(text).getBytes(StandardCharsets.UTF_8);
      return Files.write(folder.resolve("longwire.conf"), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The sentences, with the folder taken off. */
  static List<String> sentences(Loaded loaded, Path folder) {
    return loaded.problems().all().stream()
        .map(p -> p.sentence().replace(folder + "/", ""))
        .toList();
  }
}
