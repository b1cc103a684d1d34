package org.longwire.plugins.host.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.longwire.plugins.api.Plugin;
import org.longwire.plugins.builtin.BuiltIn;
import org.longwire.plugins.host.Declarations;
import org.longwire.plugins.host.InsideCaller;
import org.longwire.plugins.host.InstalledPlugin;
import org.longwire.plugins.host.PluginPolicy;
import org.longwire.plugins.host.child.ChildCaller;

/**
 * Makes plugins that the host can open out of what is there. Runs nothing of jars.
 *
 * @param version the relay's, which its own plugins share
 * @param policies what was decided of a plugin, by its id, whether it runs at all included
 * @param data where the plugins' directories are, each by its id
 */
public record PluginLoader(String version, Function<String, PluginPolicy> policies, Path data) {
  public static final String BUILT_IN = "built in";

  /**
   * All of them: the relay's own, and of the jars those that may run, and those that may not with
   * the reason.
   *
   * @param builtIns each makes one anew
   */
  public List<InstalledPlugin> load(
      Iterable<? extends Supplier<? extends BuiltIn>> builtIns, List<JarVerdict> jars) {
    List<InstalledPlugin> plugins = new ArrayList<>();
    for (Supplier<? extends BuiltIn> builtIn : builtIns) {
      BuiltIn asked = builtIn.get();
      PluginPolicy policy = policies.apply(asked.id());
      plugins.add(
          InstalledPlugin.of(asked.id(), version, BUILT_IN, policy, InsideCaller.opening(builtIn))
              .declared(Optional.of(Declarations.of(asked, policy.settings()))));
    }
    Set<String> ids = new HashSet<>();
    for (JarVerdict verdict : jars) {
      InstalledPlugin plugin = verdict.isReady() ? ready(verdict) : unfit(verdict);
      if (ids.add(plugin.id())) {
        plugins.add(plugin);
      }
    }
    return plugins;
  }

  private InstalledPlugin ready(JarVerdict verdict) {
    FoundJar jar = verdict.jar();
    PluginManifest manifest = jar.manifest().orElseThrow();
    PluginPolicy policy = policies.apply(manifest.id());
    InstalledPlugin.Opening opening = policy.isolated()
        ? ChildCaller.opening(jar, data.resolve(manifest.id()), policy.quotas().memoryBytes())
        : context -> InsideCaller.opening(inside(jar)).open(context);
    return InstalledPlugin.of(manifest.id(), manifest.version(), jar.name(), policy, opening)
        .declared(Optional.of(Declarations.supposed(manifest.id())));
  }

  /** The operator trusts it with the whole relay; its bytes are still the ones that were judged. */
  private static Supplier<Plugin> inside(FoundJar jar) throws IOException, BadJarException {
    try (InputStream in = Files.newInputStream(jar.file())) {
      JarContents contents = JarContents.read(in, name -> true);
      if (!contents.sha256().equals(jar.sha256())) {
        throw new IOException(jar.changed());
      }
      Plugin plugin =
          new PluginClassLoader(contents).plugin(jar.manifest().orElseThrow().pluginClass());
      return () -> plugin;
    }
  }

  private InstalledPlugin unfit(JarVerdict verdict) {
    FoundJar jar = verdict.jar();
    // What tells no id of its own goes by the name of its file, which is never an id.
    boolean hasId =
        verdict.kind() != JarVerdict.Kind.CORRUPT && verdict.kind() != JarVerdict.Kind.BUILT_IN;
    String id = hasId ? verdict.id().orElseThrow() : jar.name();
    return InstalledPlugin.broken(
        id,
        jar.manifest().map(PluginManifest::version).orElse(""),
        jar.name(),
        hasId ? policies.apply(id) : PluginPolicy.standard(),
        verdict.sentence());
  }
}
