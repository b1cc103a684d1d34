package org.longwire.plugins.host.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Makes jars of plugins out of their sources. */
public final class TestJars {
  private TestJars() {}

  /**
   * Compiles sources against the plugin interface.
   *
   * @param sources by the name of their class
   * @return classes by the name of their entry in a jar
   */
  public static Map<String, byte[]> compile(Path directory, Map<String, String> sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<Source> units = sources.entrySet().stream()
        .map(source -> new Source(source.getKey(), source.getValue()))
        .toList();
    List<String> options = List.of(
        "-cp", System.getProperty("java.class.path"), "-proc:none", "-d", directory.toString());
    if (!compiler.getTask(null, null, null, options, null, units).call()) {
      throw new IllegalArgumentException("a test's plugin does not compile");
    }
    Map<String, byte[]> classes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        classes.put(directory.relativize(file).toString(), Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return classes;
  }

  /** The manifest of a plugin in version 1.0. */
  public static String manifest(String id, String pluginClass) {
    return manifest(id, "1.0", pluginClass);
  }

  static String manifest(String id, String api, String pluginClass) {
    return """
        Manifest-Version: 1.0
        Longwire-Plugin-Id: %s
        Longwire-Plugin-Version: 1.2
        Longwire-Plugin-Api: %s
        Longwire-Plugin-Class: %s
        """.formatted(id, api, pluginClass);
  }

  /** Writes a jar with this manifest and these entries. */
  public static FoundJar write(Path file, String manifest, Map<String, byte[]> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
      zip.write(manifest.getBytes(StandardCharsets.UTF_8));
      for (Map.Entry<String, byte[]> entry : new TreeMap<>(entries).entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      Files.write(file, bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return FoundJar.read(file);
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(
          URI.create("string:///" + name.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
