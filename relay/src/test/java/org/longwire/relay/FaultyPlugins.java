package org.longwire.relay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.longwire.plugins.host.load.JarContents;

/** The plugins of {@code org.example.faulty}, packed as their authors would have. */
public final class FaultyPlugins {
  /** All that there are. */
  public static final List<String> CLASSES = List.of(
      "Busy",
      "Escaping",
      "Exiting",
      "Flooding",
      "Greedy",
      "Hanging",
      "Hoarding",
      "Late",
      "Leaking",
      "Nonsense",
      "Throwing");

  private static final String PACKAGE = "org/example/faulty/";
  private static final String BASE = "Faulty";

  private FaultyPlugins() {}

  /**
   * Puts their jars into a directory.
   *
   * @return what to write into the configuration
   */
  public static String install(Path directory) throws IOException {
    Files.createDirectories(directory);
    List<String> pins = new ArrayList<>();
    List<String> sections = new ArrayList<>();
    for (String name : CLASSES) {
      String id = name.toLowerCase(Locale.ROOT);
      byte[] jar = jar(id, name);
      Files.write(directory.resolve(id + ".jar"), jar);
      pins.add("%s = \"%s\"".formatted(id, JarContents.sha256(jar)));
      sections.add(id + " { }");
    }
    return """
        plugins {
          directory = "%s"
          allow { %s }
          %s
        }
        """.formatted(directory, String.join(", ", pins), String.join("\n  ", sections));
  }

  private static byte[] jar(String id, String name) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Longwire-Plugin-Id", id);
    main.putValue("Longwire-Plugin-Version", "1.0");
    main.putValue("Longwire-Plugin-Api", "1.0");
    main.putValue("Longwire-Plugin-Class", (PACKAGE + name).replace('/', '.'));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      for (String part : List.of(BASE, name)) {
        String entry = PACKAGE + part + ".class";
        jar.putNextEntry(new JarEntry(entry));
        try (InputStream code = FaultyPlugins.class.getResourceAsStream("/" + entry)) {
          jar.write(code.readAllBytes());
        }
      }
    }
    return bytes.toByteArray();
  }
}
