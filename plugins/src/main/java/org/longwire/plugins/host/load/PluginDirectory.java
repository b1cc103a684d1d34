package org.longwire.plugins.host.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.longwire.plugins.api.ApiVersion;

/**
 * The jars of a directory, and beside them empty files {@code <id>.disabled} that keep one from
 * running.
 *
 * @param jars in the order of their names
 * @param disabled the ids of those files
 */
public record PluginDirectory(List<FoundJar> jars, Set<String> disabled) {
  public static final String MARK = ".disabled";

  /** Files that are looked at; who has more has no directory of plugins. */
  static final int MAX_JARS = 100;

  public PluginDirectory {
    jars = List.copyOf(jars);
    disabled = Set.copyOf(disabled);
  }

  /**
   * Reads a directory; one that is not there is empty.
   *
   * @throws IOException if it cannot be read
   */
  public static PluginDirectory read(Path directory) throws IOException {
    List<FoundJar> jars = new ArrayList<>();
    Set<String> disabled = new HashSet<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".jar") && jars.size() < MAX_JARS) {
          jars.add(FoundJar.read(file));
        } else if (name.endsWith(MARK)) {
          disabled.add(name.substring(0, name.length() - MARK.length()));
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return new PluginDirectory(List.of(), Set.of());
    }
    return new PluginDirectory(jars, disabled);
  }

  /** What becomes of each jar, in their order. Decides by its arguments alone. */
  public List<JarVerdict> judge(JarRules rules) {
    return jars.stream().map(jar -> judge(jar, rules)).toList();
  }

  private JarVerdict judge(FoundJar jar, JarRules rules) {
    if (jar.manifest().isEmpty()) {
      return new JarVerdict(
          jar,
          JarVerdict.Kind.CORRUPT,
          "%s %s; get it again, or remove it".formatted(jar.name(), jar.flaw()));
    }
    PluginManifest manifest = jar.manifest().get();
    JarVerdict.Kind kind = kind(jar, manifest, rules);
    return new JarVerdict(jar, kind, sentence(kind, jar, manifest));
  }

  private JarVerdict.Kind kind(FoundJar jar, PluginManifest manifest, JarRules rules) {
    String id = manifest.id();
    if (rules.builtIns().contains(id)) {
      return JarVerdict.Kind.BUILT_IN;
    }
    if (rules.deny().contains(id)) {
      return JarVerdict.Kind.DENIED;
    }
    if (disabled.contains(id)) {
      return JarVerdict.Kind.DISABLED;
    }
    if (namesOf(id).size() > 1) {
      return JarVerdict.Kind.DUPLICATE;
    }
    if (!ApiVersion.CURRENT.runs(manifest.api())) {
      return JarVerdict.Kind.WRONG_API;
    }
    if (!rules.allow().containsKey(id)) {
      return JarVerdict.Kind.NOT_ALLOWED;
    }
    return jar.sha256().equalsIgnoreCase(rules.allow().get(id))
        ? JarVerdict.Kind.READY
        : JarVerdict.Kind.WRONG_HASH;
  }

  private List<String> namesOf(String id) {
    return jars.stream()
        .filter(jar -> jar.manifest().map(PluginManifest::id).stream().anyMatch(id::equals))
        .map(FoundJar::name)
        .toList();
  }

  private String sentence(JarVerdict.Kind kind, FoundJar jar, PluginManifest manifest) {
    String id = manifest.id();
    String name = jar.name();
    return switch (kind) {
      case CORRUPT, READY ->
        jar.isExposed()
            ? "%s or its directory may be changed by everybody; take that right away (chmod o-w)"
                .formatted(name)
            : "";
      case BUILT_IN ->
        "%s calls itself %s, as a plugin of Longwire itself does; remove it".formatted(name, id);
      case DENIED ->
        "%s is the plugin %s, which plugins.deny forbids; remove it, or take it off that list"
            .formatted(name, id);
      case DISABLED ->
        "%s is disabled; to have it again: longwire plugin enable %s".formatted(id, id);
      case DUPLICATE ->
        "%s are one plugin, %s; keep one of them"
            .formatted(namesOf(id).stream().collect(Collectors.joining(" and ")), id);
      case WRONG_API ->
        "%s needs version %s of the plugin interface, and there is %s; %s"
            .formatted(
                name,
                manifest.api(),
                ApiVersion.CURRENT,
                ApiVersion.CURRENT.compareTo(manifest.api()) < 0
                    ? "update Longwire"
                    : "get a newer version of the plugin");
      case NOT_ALLOWED ->
        "%s is not allowed to run; if you trust it, write plugins.allow { %s = \"%s\" }"
            .formatted(name, id, jar.sha256());
      case WRONG_HASH ->
        "%s is not the file that plugins.allow names: its SHA-256 is %s; put the right one back"
            .formatted(name, jar.sha256());
    };
  }
}
