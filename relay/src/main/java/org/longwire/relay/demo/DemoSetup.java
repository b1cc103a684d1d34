package org.longwire.relay.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a person wants of a demo.
 *
 * @param kept a new folder for what is to stay: configuration and state
 * @param plugins jars that run in it
 * @param settings {@code key=value}, over its configuration
 */
public record DemoSetup(Optional<Path> kept, List<Path> plugins, List<String> settings) {
  public DemoSetup {
    plugins = List.copyOf(plugins);
    settings = List.copyOf(settings);
  }

  /** The demo as it comes. */
  public static DemoSetup plain(Optional<Path> kept) {
    return new DemoSetup(kept, List.of(), List.of());
  }
}
