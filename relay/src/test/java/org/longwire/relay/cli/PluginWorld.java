package org.longwire.relay.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.longwire.plugins.host.load.FoundJar;
import org.longwire.plugins.host.load.TestJars;

/** A configuration, a state directory, and the jar of a plugin called tides. */
final class PluginWorld {
  private static final String SOURCE = """
      package org.example;
      import java.util.List;
      import org.longwire.plugins.api.*;
      public final class Tides implements Plugin {
        private static final Setting<String> UNIT = Setting.choice(
            "unit", "metres", List.of("metres", "feet"), "what heights are told in");
        @Override public String description() { return "says when the water is high"; }
        @Override public List<Setting<?>> settings() { return List.of(UNIT); }
        @Override public List<Command> commands() {
          return List.of(Command.of("tide", "[harbour]", "says when the water is high"));
        }
      }
      """;

  private final Path folder;
  private final Path config;

  PluginWorld(Path folder) throws IOException {
    this.folder = folder;
    this.config = folder.resolve("longwire.conf");
    configure("");
  }

  /** Writes the configuration, with more at its end. */
  void configure(String more) throws IOException {
    Files.writeString(config, """
        meshnet-name = "Forx"
        radio { port = "/dev/serial/by-id/usb-x" }
        matrix { homeserver = "https://example.org", user = "@relay:example.org" }
        bridges = [ { room = "#mesh:example.org", channel = 0 } ]
        """ + more);
  }

  Path state() {
    return folder.resolve("state");
  }

  Path plugins() {
    return state().resolve("plugins");
  }

  /** The jar of another plugin of the same name, outside of the directory. */
  FoundJar jar(String name, String source) throws IOException {
    Path classes = Files.createTempDirectory(folder, "classes");
    return TestJars.write(
        folder.resolve(name),
        TestJars.manifest("tides", "org.example.Tides"),
        TestJars.compile(classes, Map.of("org.example.Tides", source)));
  }

  /** A jar outside of the directory. */
  FoundJar jar(String name, Map<String, byte[]> more) throws IOException {
    return jar(name, TestJars.manifest("tides", "org.example.Tides"), more);
  }

  FoundJar jar(String name, String manifest, Map<String, byte[]> more) throws IOException {
    Path classes = Files.createTempDirectory(folder, "classes");
    Map<String, byte[]> entries =
        new java.util.TreeMap<>(TestJars.compile(classes, Map.of("org.example.Tides", SOURCE)));
    entries.putAll(more);
    return TestJars.write(folder.resolve(name), manifest, entries);
  }

  /** Runs a command line with this configuration. */
  Invocation run(String... words) {
    List<String> line = new ArrayList<>(List.of(words));
    line.addAll(List.of("--config", config.toString(), "--state", state().toString()));
    Invocation done = Invocation.of(line.toArray(new String[0]));
    return new Invocation(done.code(), plain(done.out()), plain(done.err()));
  }

  private String plain(String text) {
    return text.replace(folder + "/", "");
  }
}
