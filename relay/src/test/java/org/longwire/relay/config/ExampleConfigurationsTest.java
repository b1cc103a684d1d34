package org.longwire.relay.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.relay.config.ConfigLoader.Loaded;
import org.longwire.relay.config.ConfigLoader.Sources;

/** The files under {@code config/} are what they say they are. */
class ExampleConfigurationsTest {
  private static final Path EXAMPLES = Path.of(System.getProperty("longwire.root"), "config");

  @TempDir
  Path state;

  @Test
  void everyExampleLoadsWithoutAWordOfComplaint() throws IOException {
    try (Stream<Path> files = Files.walk(EXAMPLES)) {
      List<Path> examples = files.filter(f -> f.toString().endsWith(".conf")).toList();
      assertTrue(examples.size() >= 9, examples.toString());
      for (Path example : examples) {
        Loaded loaded = load(example);
        assertEquals("", loaded.problems().render(false), example.toString());
        assertTrue(loaded.config().isPresent());
      }
    }
  }

  @Test
  void theCompleteExampleNamesEveryKeyWithItsTrueDefault() throws IOException {
    Path complete = EXAMPLES.resolve("longwire.conf");
    String text = Files.readString(complete);
    Config written = ConfigFactory.parseFile(complete.toFile());
    List<String> wrong = new ArrayList<>();
    for (Key<?> key : Keys.ALL) {
      if (key.path().endsWith(".*")) {
        continue;
      }
      boolean named = Pattern.compile(
              "(?m)^\\s*(# )?(\\{.*)?\\b" + Pattern.quote(key.name()) + "\\s*=")
          .matcher(text)
          .find();
      boolean standard = key.fallback().isEmpty()
          || (isShownOnly(key) ? showsDefault(text, key) : hasDefault(written, key));
      if (!named || !standard) {
        wrong.add(key.path());
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void theCompleteExampleAndTheMinimalOneMeanTheSame() {
    RelayConfig complete = load(EXAMPLES.resolve("longwire.conf")).config().orElseThrow();
    RelayConfig minimal = load(EXAMPLES.resolve("minimal.conf")).config().orElseThrow();
    assertEquals(minimal, complete);
  }

  @Test
  void everyDefaultPassesItsOwnCheck() {
    List<String> wrong = Keys.ALL.stream()
        .filter(key -> key.fallback().isPresent() && key.standard().isEmpty())
        .map(key -> key.path())
        .toList();
    assertEquals(List.of(), wrong);
  }

  /**
   * Keys that stand in the example as comments: a source of that kind would need a file, and a
   * section of a plugin means more than none.
   */
  private static boolean isShownOnly(Key<?> key) {
    return key.path().startsWith("database.sources.") || key.path().startsWith("plugins.*.");
  }

  private static boolean showsDefault(String text, Key<?> key) {
    String line = "# " + key.name() + " = " + key.fallback().orElseThrow();
    return text.lines().anyMatch(l -> l.strip().equals(line));
  }

  private static boolean hasDefault(Config written, Key<?> key) {
    Config config = written;
    String path = key.path().replace("radios.*", "radio");
    if (path.startsWith("bridges[].")) {
      config = written.getConfigList("bridges").get(0);
      path = key.name();
    }
    if (!config.hasPath(path)) {
      return false;
    }
    ConfigValue value = config.getValue(path);
    return key.form().read(value).value().equals(key.standard());
  }

  @Test
  void theExamplesOfSourcesSayWhatTheyMean() {
    assertEquals(
        List.of("primary"), List.copyOf(database("one-file.conf").sources().keySet()));
    DatabaseConfig archived = database("primary-and-archive.conf");
    assertEquals(List.of("primary", "archive"), List.copyOf(archived.sources().keySet()));
    assertTrue(archived.sources().get("archive").readOnly());
    assertTrue(archived.sources().get("archive").fallsBack());
    DatabaseConfig several = database("several-relays.conf");
    assertEquals(state.resolve("hikers.db"), several.sources().get("hikers").path());
    assertEquals(
        new DatabaseConfig.Mapping(
            Optional.of("#hikers:example.org"), OptionalInt.empty(), Optional.empty(), "hikers"),
        several.mapping().get(0));
    assertEquals(
        DatabaseConfig.Kind.MMRELAY,
        database("external-read-only.conf").sources().get("mmrelay").kind());
  }

  private DatabaseConfig database(String example) {
    Path file = EXAMPLES.resolve("examples").resolve(example);
    return load(file).config().orElseThrow().database();
  }

  private Loaded load(Path example) {
    return ConfigLoader.load(
        new Sources(Optional.of(example), Map.of(), List.of(), Optional.of(state)));
  }
}
