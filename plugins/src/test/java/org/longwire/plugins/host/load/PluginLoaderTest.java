package org.longwire.plugins.host.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.builtin.BuiltIn;
import org.longwire.plugins.host.Caller;
import org.longwire.plugins.host.InsideCaller;
import org.longwire.plugins.host.InstalledPlugin;
import org.longwire.plugins.host.PluginPolicy;
import org.longwire.plugins.host.Quotas;
import org.longwire.plugins.host.child.ChildCaller;

class PluginLoaderTest {
  private static final String NAME = "net.example.Small";
  private static final String SOURCE = """
      package net.example;

      public final class Small implements org.longwire.plugins.api.Plugin {
        public String description() { return Other.words(); }
      }

      class Other {
        static String words() {
          for (String name : java.util.List.of("org.longwire.plugins.host.PluginServices",
              "org.longwire.plugins.builtin.BuiltIn", "org.longwire.radio.RadioSession",
              "org.junit.jupiter.api.Test", "org.slf4j.Logger", "org.longwire.own.Hidden")) {
            try { return "sees " + Class.forName(name); }
            catch (ClassNotFoundException e) { continue; }
          }
          return "sees nothing";
        }
      }
      """;

  private static Map<String, byte[]> classes;

  @TempDir
  static Path compiled;

  @TempDir
  Path directory;

  private static final class Ping implements BuiltIn {
    @Override
    public String id() {
      return "ping";
    }
  }

  @BeforeAll
  static void compile() {
    classes = TestJars.compile(compiled, Map.of(NAME, SOURCE));
  }

  private FoundJar put(String id, Map<String, byte[]> entries) {
    return TestJars.write(directory.resolve(id + ".jar"), TestJars.manifest(id, NAME), entries);
  }

  private List<InstalledPlugin> load(PluginPolicy policy, FoundJar... allowed) throws IOException {
    Map<String, String> pins = new HashMap<>();
    for (FoundJar jar : allowed) {
      pins.put(jar.manifest().orElseThrow().id(), jar.sha256());
    }
    List<Supplier<BuiltIn>> builtIns = List.of(Ping::new);
    return new PluginLoader("0.1.0", id -> policy, directory.resolve("data"))
        .load(
            builtIns,
            PluginDirectory.read(directory).judge(new JarRules(pins, Set.of(), Set.of("ping"))));
  }

  private static PluginPolicy inside() {
    PluginPolicy s = PluginPolicy.standard();
    return new PluginPolicy(
        true,
        OptionalInt.empty(),
        s.channels(),
        s.rooms(),
        Optional.empty(),
        s.mesh(),
        s.roles(),
        s.ports(),
        s.hosts(),
        false,
        Quotas.STANDARD,
        Map.of());
  }

  private static PluginContext nothing() {
    return (PluginContext) Proxy.newProxyInstance(
        PluginLoaderTest.class.getClassLoader(),
        new Class<?>[] {PluginContext.class},
        (p, m, a) -> {
          throw new IllegalStateException("nothing is lent");
        });
  }

  private static String described(InstalledPlugin plugin, Class<? extends Caller> kind)
      throws Exception {
    try (Caller caller = plugin.opening().open(nothing())) {
      assertInstanceOf(kind, caller);
      return caller.declare(Map.of()).description();
    }
  }

  @Test
  void theRelaysOwnRunInsideAndForeignOnesInProcesses() throws Exception {
    List<InstalledPlugin> plugins = load(PluginPolicy.standard(), put("small", classes));
    assertEquals(
        List.of("ping", "small"), plugins.stream().map(InstalledPlugin::id).toList());
    assertEquals(
        List.of("built in", "small.jar"),
        plugins.stream().map(InstalledPlugin::origin).toList());
    assertEquals(
        List.of("0.1.0", "1.2"), plugins.stream().map(InstalledPlugin::version).toList());
    assertEquals("", described(plugins.get(0), InsideCaller.class));
    assertEquals("sees nothing", described(plugins.get(1), ChildCaller.class));
  }

  @Test
  void aForeignOneRunsInsideIfTheOperatorWantsItAndSeesTheInterfaceAlone() throws Exception {
    InstalledPlugin small = load(inside(), put("small", classes)).get(1);
    assertEquals("sees nothing", described(small, InsideCaller.class));
  }

  @Test
  void whatChangedAfterItsJudgementDoesNotRunInsideEither() throws Exception {
    FoundJar jar = put("small", classes);
    InstalledPlugin small = load(inside(), jar).get(1);
    Files.writeString(jar.file(), "more", StandardOpenOption.APPEND);
    assertEquals(
        "small.jar has changed since it was checked; put it back, or check and reload it",
        assertThrows(IOException.class, () -> small.opening().open(nothing())).getMessage());
  }

  @Test
  void whatMayNotRunIsThereWithItsReason() throws Exception {
    put("small", classes);
    Files.write(directory.resolve("broken.jar"), "hello".getBytes(StandardCharsets.UTF_8));
    put("ping", classes);
    List<InstalledPlugin> plugins = load(PluginPolicy.standard());
    assertEquals(
        List.of("ping", "broken.jar", "ping.jar", "small"),
        plugins.stream().map(InstalledPlugin::id).toList());
    assertEquals(
        Optional.of("broken.jar is no jar; get it again, or remove it"),
        plugins.get(1).problem());
    assertTrue(plugins.get(3).problem().orElseThrow().startsWith("small.jar is not allowed"));
    assertTrue(plugins.get(0).problem().isEmpty());
  }

  @Test
  void ofTwoOfOneIdOneIsShown() throws Exception {
    FoundJar jar = put("small", classes);
    Files.copy(jar.file(), directory.resolve("tiny.jar"));
    List<InstalledPlugin> plugins = load(PluginPolicy.standard(), jar);
    assertEquals(
        List.of("ping", "small"), plugins.stream().map(InstalledPlugin::id).toList());
    assertEquals(
        Optional.of("small.jar and tiny.jar are one plugin, small; keep one of them"),
        plugins.get(1).problem());
  }

  @Test
  void theLoaderRefusesClassesInOurPackages() throws Exception {
    Map<String, byte[]> entries = new HashMap<>(classes);
    entries.put("org/longwire/own/Hidden.class", new byte[] {1});
    FoundJar jar = put("small", entries);
    JarContents contents = JarContents.read(Files.newInputStream(jar.file()), name -> true);
    PluginClassLoader loader = new PluginClassLoader(contents);
    assertThrows(ClassNotFoundException.class, () -> loader.loadClass("org.longwire.own.Hidden"));
    assertNotSame(loader, loader.loadClass("java.lang.String").getClassLoader());
    assertEquals(loader, loader.loadClass(NAME).getClassLoader());
  }
}
