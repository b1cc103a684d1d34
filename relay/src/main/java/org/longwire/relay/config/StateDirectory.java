package org.longwire.relay.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where the state lives: {@code --state}, else {@code $STATE_DIRECTORY}, else the system's
 * directory if this user may write there, else the user's own (XDG). Only finds; creates nothing.
 */
final class StateDirectory {
  private static final String NAME = "longwire";

  private StateDirectory() {}

  /** @param system the system's directory, {@code /var/lib/longwire} except in tests */
  static Optional<Path> find(Optional<Path> asked, Map<String, String> environment, Path system) {
    if (asked.isPresent()) {
      return asked.map(Path::toAbsolutePath).map(Path::normalize);
    }
    // systemd gives several with colons between them when the unit names several.
    Optional<Path> given = variable(environment, "STATE_DIRECTORY")
        .map(directories -> Path.of(directories.split(":")[0]));
    if (given.isPresent()) {
      return given;
    }
    if (Files.isDirectory(system) && Files.isWritable(system)) {
      return Optional.of(system);
    }
    // A relative XDG directory is to be ignored, says its specification.
    return variable(environment, "XDG_STATE_HOME")
        .map(Path::of)
        .filter(Path::isAbsolute)
        .or(() -> variable(environment, "HOME").map(home -> Path.of(home, ".local", "state")))
        .map(directory -> directory.resolve(NAME));
  }

  private static Optional<String> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }
}
