package org.longwire.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Imports point one way, and each foreign library enters by the doors that are named here. */
class ArrowsTest {
  private static final Path ROOT =
      Path.of(System.getProperty("longwire.root", "..")).toAbsolutePath().normalize();
  private static final Pattern IMPORT =
      Pattern.compile("^import (?:static )?([\\w.]+);", Pattern.MULTILINE);
  private static final String RELAY = "org.longwire.relay.";

  /** What each package of the relay may import of the relay. The root may import all. */
  private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
      Map.entry("config", Set.of()),
      Map.entry("run", Set.of()),
      Map.entry("store", Set.of("run", "config")),
      Map.entry("queue", Set.of("store", "run", "config")),
      Map.entry("scan", Set.of("config")),
      Map.entry("bridge", Set.of("queue", "store", "run", "config")),
      Map.entry("command", Set.of("bridge", "queue", "store", "run", "config")),
      Map.entry("plugin", Set.of("bridge", "queue", "store", "run", "config")),
      Map.entry("demo", Set.of("", "bridge", "queue", "store", "run", "config")),
      Map.entry("cli", Set.of("", "demo", "scan", "bridge", "queue", "store", "run", "config")),
      Map.entry("kit", Set.of("", "demo", "run", "config")));

  private record Source(String module, String name, String text) {
    List<String> imports() {
      List<String> found = new ArrayList<>();
      Matcher matcher = IMPORT.matcher(text);
      while (matcher.find()) {
        found.add(matcher.group(1));
      }
      return found;
    }

    /** The package below the relay's root, empty for the root itself. */
    String relayPackage() {
      Matcher matcher = Pattern.compile(
              "^package org\\.longwire\\.relay\\.?(\\w*)[\\w.]*;", Pattern.MULTILINE)
          .matcher(text);
      return matcher.find() ? matcher.group(1) : "";
    }
  }

  private static List<Source> sources(String module) {
    try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
      return files
          .filter(f -> f.toString().endsWith(".java"))
          .map(f -> new Source(module, f.getFileName().toString(), read(f)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Source> everything() {
    return Stream.of("radio", "matrix", "plugins", "relay")
        .flatMap(module -> sources(module).stream())
        .toList();
  }

  @Test
  void theLeavesKnowNoSibling() {
    for (String leaf : List.of("radio", "matrix")) {
      for (Source source : sources(leaf)) {
        for (String name : source.imports()) {
          assertFalse(
              name.startsWith("org.longwire.") && !name.startsWith("org.longwire." + leaf),
              source.name() + " imports " + name);
        }
      }
    }
  }

  @Test
  void insideTheRelayArrowsPointOneWay() {
    List<String> wrong = new ArrayList<>();
    for (Source source : sources("relay")) {
      String from = source.relayPackage();
      if (from.isEmpty()) {
        continue;
      }
      for (String name : source.imports()) {
        if (!name.startsWith(RELAY)) {
          continue;
        }
        String rest = name.substring(RELAY.length());
        String to = Character.isUpperCase(rest.charAt(0)) ? "" : rest.split("\\.")[0];
        if (!to.equals(from) && !MAY_IMPORT.getOrDefault(from, Set.of()).contains(to)) {
          wrong.add(from + "/" + source.name() + " imports " + name);
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  /** What an operator decides of plugins are values; who heeds them is nobody's business there. */
  @Test
  void theConfigurationKnowsOfPluginsOnlyWhatIsDecidedOfThem() {
    Set<String> known = sources("relay").stream()
        .filter(source -> source.relayPackage().equals("config"))
        .flatMap(source -> source.imports().stream())
        .filter(name -> name.startsWith("org.longwire.plugins."))
        .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(
        Set.of(
            "org.longwire.plugins.api.Command",
            "org.longwire.plugins.host.PluginPolicy",
            "org.longwire.plugins.host.Quotas",
            "org.longwire.plugins.host.Spelling"),
        known);
  }

  @Test
  void everyPackageOfTheRelayHasItsRule() {
    Set<String> packages = sources("relay").stream()
        .map(Source::relayPackage)
        .filter(p -> !p.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
    assertTrue(MAY_IMPORT.keySet().containsAll(packages), packages.toString());
  }

  @Test
  void foreignLibrariesEnterByNamedDoorsOnly() {
    Map<String, Set<String>> doors = new TreeMap<>();
    doors.put("com.fazecast", Set.of("SerialLink.java"));
    doors.put("org.eclipse.jetty", Set.of("HttpTransport.java"));
    doors.put("com.google.gson", Set.of("JsonTree.java", "DoubleJson.java", "Json.java"));
    doors.put("com.google.protobuf", Set.of("PacketCodec.java", "HeardCodec.java"));
    doors.put("org.longwire.radio.wire", Set.of("PacketCodec.java", "HeardCodec.java"));
    for (Map.Entry<String, Set<String>> door : doors.entrySet()) {
      Set<String> importers = everything().stream()
          .filter(s -> s.imports().stream().anyMatch(i -> i.startsWith(door.getKey())))
          .map(Source::name)
          .collect(Collectors.toCollection(TreeSet::new));
      assertEquals(new TreeSet<>(door.getValue()), importers, door.getKey());
    }
  }

  @Test
  void threadsAreStartedByWorkersOnly() {
    Set<String> starters = everything().stream()
        .filter(s -> s.text().contains("new Thread("))
        .map(Source::name)
        .collect(Collectors.toCollection(TreeSet::new));
    // The signal hooks of the process and of the demo, and the front ends of the simulators.
    Set<String> known = Set.of(
        "Worker.java",
        "DaemonRun.java",
        "Demo.java",
        "HttpFront.java",
        "NodePump.java",
        "PseudoTerminal.java",
        "TcpRadio.java");
    assertEquals(new TreeSet<>(known), starters);
  }

  @Test
  void jdbcStaysInStoreAndQueue() {
    for (Source source : everything()) {
      if (source.imports().stream().anyMatch(i -> i.startsWith("java.sql"))) {
        assertTrue(Set.of("store", "queue").contains(source.relayPackage()), source.name());
      }
    }
  }
}
