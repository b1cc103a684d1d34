package org.longwire.relay.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The layers above the file: the environment and the settings of the command line. Each value keeps
 * its origin, so that a complaint names the right one.
 */
final class Layers {
  static final String PREFIX = "LONGWIRE_";
  static final String SETTING = "--set ";

  /** Variables that the launcher heeds and this loader does not. */
  private static final Set<String> LAUNCHER =
      Set.of("LONGWIRE_ARCHIVE", "LONGWIRE_JAVA_OPTIONS", "LONGWIRE_PREPARE_COMMAND");

  private Layers() {}

  /** {@code LONGWIRE_MATRIX__MAX_AGE=7d} sets {@code matrix.max-age}. */
  static Config environment(Map<String, String> environment, ConfigProblems problems) {
    Config layer = ConfigFactory.empty();
    for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
      String name = variable.getKey();
      if (!name.startsWith(PREFIX) || LAUNCHER.contains(name)) {
        continue;
      }
      String path = name.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace("__", ".");
      List<String> words = List.of(path.replace('_', '-').split("\\.", -1));
      if (words.stream().anyMatch(String::isBlank)) {
        problems.error(
            new Place(name, 0), name, " names no key; write LONGWIRE_SECTION__KEY=value");
        continue;
      }
      layer = layer.withValue(
          ConfigUtil.joinPath(words), value(variable.getValue(), name, words, problems));
    }
    return layer;
  }

  /** {@code key=value}, later ones over earlier ones. */
  static Config settings(List<String> settings, ConfigProblems problems) {
    Config layer = ConfigFactory.empty();
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      String key = setting.substring(0, Math.max(0, equals)).strip();
      Place place = new Place(SETTING + (equals < 0 ? setting : key), 0);
      List<String> words;
      try {
        words = ConfigUtil.splitPath(key);
      } catch (ConfigException e) {
        problems.error(place, "", "is not a setting; write --set key=value");
        continue;
      }
      String text = setting.substring(equals + 1);
      layer = layer.withValue(key, value(text, place.source(), words, problems));
    }
    return layer;
  }

  /** Lists and sections are written as in the file; everything else is the text as it is. */
  private static ConfigValue value(
      String text, String origin, List<String> path, ConfigProblems problems) {
    if (text.matches("[\\[{].*") && mayBeStructure(path)) {
      try {
        ConfigParseOptions options = ConfigParseOptions.defaults().setOriginDescription(origin);
        return ConfigFactory.parseString("x = " + text, options).resolve().getValue("x");
      } catch (ConfigException e) {
        problems.error(
            new Place(origin, 0),
            String.join(".", path),
            " cannot be read; write lists and sections as in the file");
      }
    }
    return ConfigValueFactory.fromAnyRef(text, origin);
  }

  /** Prefixes begin with a bracket too, and are texts. */
  private static boolean mayBeStructure(List<String> path) {
    Optional<Shape> at = Optional.of(Shape.ALL);
    for (String word : path) {
      at = at.flatMap(shape -> shape.child(word));
    }
    return at.flatMap(Shape::key)
        .map(key -> key.fallback().orElse("").startsWith("["))
        .orElse(true);
  }
}
