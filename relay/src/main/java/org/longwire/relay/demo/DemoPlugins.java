package org.longwire.relay.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.longwire.plugins.host.load.FoundJar;
import org.longwire.plugins.host.load.PluginManifest;

/** Plugins of others that run in a demo, so that their authors see them at work. */
final class DemoPlugins {
  private static final long LOOK_MILLIS = 100;

  private final Path directory;
  private final List<String> ids = new ArrayList<>();
  private final StringBuilder configuration = new StringBuilder();

  private DemoPlugins(Path directory) {
    this.directory = directory;
  }

  /**
   * Copies jars into a directory, where they are allowed to run.
   *
   * @throws IOException with a sentence if one of them is no plugin
   */
  static DemoPlugins install(List<Path> jars, Path directory) throws IOException {
    DemoPlugins plugins = new DemoPlugins(directory);
    if (!jars.isEmpty()) {
      Files.createDirectories(directory);
      plugins.configuration.append("plugins.directory = \"%s\"\n".formatted(directory));
    }
    for (Path jar : jars) {
      plugins.add(FoundJar.read(jar));
    }
    return plugins;
  }

  private void add(FoundJar jar) throws IOException {
    PluginManifest manifest = jar.manifest()
        .orElseThrow(() -> new IOException("%s %s".formatted(jar.file(), jar.flaw())));
    String id = manifest.id();
    if (ids.contains(id)) {
      throw new IOException("two jars are one plugin, %s; give one of them".formatted(id));
    }
    Path copy = directory.resolve("%s-%s.jar".formatted(id, manifest.version()));
    Files.copy(jar.file(), copy, StandardCopyOption.REPLACE_EXISTING);
    ids.add(id);
    configuration.append("""
        plugins.allow.%s = "%s"
        plugins.%s { }
        """.formatted(id, jar.sha256(), id));
  }

  /** What the configuration says of them. */
  String configuration() {
    return configuration.toString();
  }

  /**
   * Waits until all of them run.
   *
   * @throws IOException with a sentence if one of them does not
   */
  void await(DemoWorld world, DemoScreen screen) throws IOException, InterruptedException {
    for (String id : ids) {
      try {
        while (!world.runs(id)) {
          Thread.sleep(LOOK_MILLIS);
        }
      } catch (IllegalStateException e) {
        throw new IOException("the plugin %s does not start: %s".formatted(id, e.getMessage()), e);
      }
      screen.show(DemoScreen.Side.DEMO, "the plugin %s runs".formatted(id));
    }
  }
}
