package org.longwire.relay;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.builtin.BuiltIn;
import org.longwire.plugins.host.Caller;
import org.longwire.plugins.host.Declarations;
import org.longwire.plugins.host.InsideCaller;
import org.longwire.plugins.host.InstalledPlugin;
import org.longwire.plugins.host.child.ChildCaller;
import org.longwire.plugins.host.load.JarRules;
import org.longwire.plugins.host.load.JarVerdict;
import org.longwire.plugins.host.load.PluginDirectory;
import org.longwire.plugins.host.load.PluginLoader;
import org.longwire.relay.config.PluginsConfig;

/**
 * The plugins that are there: those that come with Longwire, and the jars of the directory with
 * what becomes of each.
 *
 * @param builtIns by id; each call of one makes another instance
 * @param disabled the ids that {@code longwire plugin disable} has named
 */
public record KnownPlugins(
    PluginsConfig config,
    Map<String, ServiceLoader.Provider<BuiltIn>> builtIns,
    List<JarVerdict> jars,
    Set<String> disabled) {

  /** Declarations are pure: what they ask of a context is a fault. */
  private static final PluginContext NOTHING_LENT = (PluginContext) Proxy.newProxyInstance(
      KnownPlugins.class.getClassLoader(),
      new Class<?>[] {PluginContext.class},
      (proxy, method, args) -> {
        throw new IllegalStateException("nothing is lent before the start");
      });

  /** Looks around, and starts nothing. */
  public static KnownPlugins read(PluginsConfig config) throws IOException {
    Map<String, ServiceLoader.Provider<BuiltIn>> builtIns = builtIn(config).builtIns();
    PluginDirectory directory = PluginDirectory.read(config.directory());
    List<JarVerdict> jars =
        directory.judge(new JarRules(config.allow(), config.deny(), builtIns.keySet()));
    return new KnownPlugins(config, builtIns, jars, directory.disabled());
  }

  /** Those that come with Longwire alone. */
  static KnownPlugins builtIn(PluginsConfig config) {
    Map<String, ServiceLoader.Provider<BuiltIn>> builtIns = new TreeMap<>();
    ServiceLoader.load(BuiltIn.class).stream()
        .forEach(plugin -> builtIns.put(plugin.get().id(), plugin));
    return new KnownPlugins(config, builtIns, List.of(), Set.of());
  }

  /** All that have a name, in the order of their ids. */
  public List<String> ids() {
    Set<String> ids = new TreeSet<>(builtIns.keySet());
    jars.forEach(jar -> jar.id().ifPresent(ids::add));
    return List.copyOf(ids);
  }

  public boolean isBuiltIn(String id) {
    return builtIns.containsKey(id);
  }

  /** The jar that is that plugin's; of several, which is a fault of each, the first. */
  public Optional<JarVerdict> jar(String id) {
    return jars.stream()
        .filter(jar -> jar.id().equals(Optional.of(id)) && !isBuiltIn(id))
        .findFirst();
  }

  /** Whether the operator wants it to run, all things taken together. */
  public boolean isWanted(String id) {
    PluginsConfig.Written written = config.sections().get(id);
    boolean isOn = written == null
        ? !isBuiltIn(id) || builtIns.get(id).get().isOnByDefault()
        : written.policy().enabled();
    return isOn && !disabled.contains(id) && !config.deny().contains(id);
  }

  /** What is wrong with its section, in sentences. */
  public List<String> faults(String id) {
    return Optional.ofNullable(config.sections().get(id))
        .map(PluginsConfig.Written::faults)
        .orElse(List.of());
  }

  /**
   * All of them for the host; those whose section is wrong cannot run.
   *
   * @param version the relay's
   * @param data where the plugins' directories are, each by its id
   */
  public List<InstalledPlugin> installed(String version, Path data) {
    return new PluginLoader(version, id -> config.policy(id).enabled(isWanted(id)), data)
        .load(builtIns.values(), jars).stream()
            .map(plugin -> faults(plugin.id()).isEmpty()
                ? plugin
                : InstalledPlugin.broken(
                        plugin.id(),
                        plugin.version(),
                        plugin.origin(),
                        plugin.policy(),
                        faults(plugin.id()).get(0))
                    .declared(plugin.declared()))
            .toList();
  }

  /**
   * What a plugin says of itself, and of its section. A jar that may run is run for that, in a
   * process of its own whatever its section says, which ends itself if that takes too long.
   *
   * @throws Exception whatever the plugin throws; or with a sentence, if it cannot be asked
   */
  public Declarations declarations(String id) throws Exception {
    Path scratch = Files.createTempDirectory("longwire-plugin");
    try (Caller caller = apart(id, scratch).open(NOTHING_LENT)) {
      return caller.declare(config.policy(id).settings());
    } finally {
      delete(scratch);
    }
  }

  private InstalledPlugin.Opening apart(String id, Path scratch) throws IOException {
    if (isBuiltIn(id)) {
      return InsideCaller.opening(builtIns.get(id));
    }
    JarVerdict verdict = jar(id).orElseThrow();
    if (!verdict.isReady()) {
      throw new IOException(verdict.sentence());
    }
    return ChildCaller.opening(
        verdict.jar(), scratch.resolve(id), config.policy(id).quotas().memoryBytes());
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
