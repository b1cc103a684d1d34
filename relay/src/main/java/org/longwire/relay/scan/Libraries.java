package org.longwire.relay.scan;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.longwire.plugins.api.Json;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.host.load.BadJarException;
import org.longwire.plugins.host.load.JarContents;

/**
 * What a jar says of the libraries in it: in a CycloneDX list of its components, else in what Maven
 * leaves behind of each library that was packed into it.
 *
 * @param sha256 of the jar
 */
public record Libraries(List<Library> all, String sha256) {
  /** Asked for at most; a plugin has a handful. */
  static final int MAX = 500;

  private static final Pattern SBOM =
      Pattern.compile("META-INF/(sbom/.+\\.json|bom\\.json|.+\\.cdx\\.json)");
  private static final Pattern POM = Pattern.compile("META-INF/maven/.+/pom\\.properties");

  /** Components inside components. */
  private static final int MAX_DEPTH = 8;

  /**
   * Reads a jar.
   *
   * @throws BadJarException if it is none
   */
  public static Libraries of(Path jar) throws IOException, BadJarException {
    try (InputStream in = Files.newInputStream(jar)) {
      JarContents contents = JarContents.read(
          in, name -> SBOM.matcher(name).matches() || POM.matcher(name).matches());
      Map<String, byte[]> entries = new TreeMap<>(contents.entries());
      Set<Library> found = new LinkedHashSet<>();
      entries.forEach((name, content) -> {
        if (SBOM.matcher(name).matches()) {
          found.addAll(listed(new String(content, StandardCharsets.UTF_8)));
        }
      });
      if (found.isEmpty()) {
        entries.forEach((name, content) -> {
          if (POM.matcher(name).matches()) {
            left(new String(content, StandardCharsets.UTF_8)).ifPresent(found::add);
          }
        });
      }
      return new Libraries(found.stream().limit(MAX).toList(), contents.sha256());
    }
  }

  private static List<Library> listed(String sbom) {
    List<Library> found = new ArrayList<>();
    try {
      collect(Json.parse(sbom).at("components"), found, MAX_DEPTH);
    } catch (PluginException e) {
      // A list that cannot be read lists nothing; what Maven left may tell more.
    }
    return found;
  }

  private static void collect(Json components, List<Library> found, int depth) {
    for (Json component : depth == 0 ? List.<Json>of() : components.items()) {
      component.at("purl").text().flatMap(Library::of).ifPresent(found::add);
      collect(component.at("components"), found, depth - 1);
    }
  }

  private static Optional<Library> left(String text) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
    return Library.ofMaven(
        properties.getProperty("groupId", ""),
        properties.getProperty("artifactId", ""),
        properties.getProperty("version", ""));
  }
}
