package org.longwire.relay.kit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.longwire.plugins.api.ApiVersion;
import org.longwire.plugins.api.Plugin;
import org.longwire.plugins.host.load.JarContents;

/**
 * A plugin's classes as a jar.
 *
 * @param jar where it lies
 */
record PackedPlugin(String id, Path jar, String sha256) {
  /** Packs everything that lies beside the plugin's class, as its build would. */
  static PackedPlugin write(Path directory, String id, Class<? extends Plugin> plugin)
      throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Longwire-Plugin-Id", id);
    main.putValue("Longwire-Plugin-Version", "0.0");
    main.putValue("Longwire-Plugin-Api", ApiVersion.CURRENT.toString());
    main.putValue("Longwire-Plugin-Class", plugin.getName());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Path classes = home(plugin);
    try (JarOutputStream out = new JarOutputStream(bytes, manifest)) {
      for (Path file : files(classes)) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        out.write(Files.readAllBytes(file));
      }
    }
    Path jar = directory.resolve(id + ".jar");
    Files.write(jar, bytes.toByteArray());
    return new PackedPlugin(id, jar, JarContents.sha256(bytes.toByteArray()));
  }

  private static Path home(Class<?> type) {
    try {
      Path home =
          Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (!Files.isDirectory(home)) {
        throw new IllegalArgumentException(
            type.getName() + " comes from a jar; give a class of the project that is tested");
      }
      return home;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static List<Path> files(Path classes) throws IOException {
    try (Stream<Path> all = Files.walk(classes)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** What the configuration says of it. */
  String configuration(String settings) {
    return """
        plugins {
          directory = "%s"
          allow { %s = "%s" }
          %s {
            %s
          }
        }
        """.formatted(jar.getParent(), id, sha256, id, settings);
  }
}
