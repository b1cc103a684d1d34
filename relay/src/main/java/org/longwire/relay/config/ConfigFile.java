package org.longwire.relay.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the file; what cannot be read becomes one sentence, never a stack trace. */
final class ConfigFile {
  /** Bytes of a file; a configuration is a few thousand. */
  static final long MAX_BYTES = 1 << 20;

  private static final Pattern KEY =
      Pattern.compile("(?:^|[{,])\\s*([A-Za-z0-9_.\"-]+)\\s*(?=[=:{]|\\+=)");
  private static final Pattern GOT = Pattern.compile("wrong token: '(.)'|got '(.)'|not: '(.)'");

  private final Path file;
  private final ConfigProblems problems;

  ConfigFile(Path file, ConfigProblems problems) {
    this.file = file;
    this.problems = problems;
  }

  /** The file's values; empty, with the problem told, if it cannot be read. */
  Config read(Map<String, String> environment) {
    Place whole = new Place(file.toString(), 0);
    try {
      if (Files.isDirectory(file)) {
        problems.error(whole, "", "is a directory; name the file in it");
        return ConfigFactory.empty();
      }
      if (Files.size(file) > MAX_BYTES) {
        problems.error(whole, "", "has more than 1 MiB; name a configuration file");
        return ConfigFactory.empty();
      }
      Files.readString(file);
    } catch (AccessDeniedException e) {
      problems.forbidden(
          whole,
          "",
          "may not be read by this user; give its group the right to (chmod g+r " + file + ")");
      return ConfigFactory.empty();
    } catch (MalformedInputException e) {
      problems.error(whole, "", "is not in UTF-8; save it in that encoding");
      return ConfigFactory.empty();
    } catch (IOException e) {
      String cure = "cannot be read; check the path, or copy the example longwire.conf there";
      problems.error(
          whole, "", Files.exists(file) ? cure : "does not exist; " + cure.substring(16));
      return ConfigFactory.empty();
    }
    return parse(environment);
  }

  private Config parse(Map<String, String> environment) {
    ConfigParseOptions options = ConfigParseOptions.defaults()
        .setAllowMissing(false)
        .setIncluder(new LocalIncluder(file, problems));
    try {
      return ConfigFactory.parseFile(file.toFile(), options)
          .resolve(
              ConfigResolveOptions.noSystem().appendResolver(new FromEnvironment(environment)));
    } catch (ConfigException.UnresolvedSubstitution e) {
      Matcher name = Pattern.compile("\\$\\{[^}]*}").matcher(String.valueOf(e.getMessage()));
      String what = name.find() ? name.group() : "a ${...}";
      String fault = String.valueOf(e.getMessage()).contains("cycle")
          ? " goes round in a circle; write the value itself"
          : " is set nowhere; set it, or write ${?...} where it may be missing";
      Place place = place(e);
      problems.error(place, keyAt(place), (keyAt(place).isEmpty() ? "" : ": ") + what + fault);
    } catch (ConfigException e) {
      Place place = place(e);
      String key = keyAt(place);
      problems.error(place, key, (key.isEmpty() ? "this" : "") + " cannot be read: " + reason(e));
    }
    return ConfigFactory.empty();
  }

  private Place place(ConfigException e) {
    Place whole = new Place(file.toString(), 0);
    return e.origin() == null ? whole : Place.of(e.origin(), whole);
  }

  /**
   * The last key of the line: more help than the library's words. Never the line, it may be secret.
   */
  private static String keyAt(Place place) {
    try {
      List<String> lines = Files.readAllLines(Path.of(place.source()), StandardCharsets.UTF_8);
      String key = "";
      if (place.line() >= 1 && place.line() <= lines.size()) {
        Matcher keys = KEY.matcher(lines.get(place.line() - 1));
        while (keys.find()) {
          key = keys.group(1).replace("\"", "");
        }
      }
      return key;
    } catch (IOException e) {
      return "";
    }
  }

  private static String reason(ConfigException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("unescaped newline")) {
      return "a text is not ended on its line; close it with \"";
    }
    if (message.contains("escape sequence")) {
      return "a \\ in a text begins a sign of JSON; write \\\\ for the \\ itself";
    }
    if (message.contains("end of file") || message.contains("ended with ]")) {
      return "something opened is not closed before the end of the file or list;"
          + " look for a missing } ] or \"";
    }
    if (message.contains("unbalanced close brace")) {
      return "there is a } too many; remove it";
    }
    Matcher got = GOT.matcher(message);
    if (got.find()) {
      String sign = got.group().replaceFirst("^[^']*", "");
      return sign + " is not allowed there; put the text in quotes";
    }
    return "this is not the form key = value; put texts in quotes and close each { [ and \"";
  }

  /** Lets {@code ${NAME}} see the environment that we were given, not the process's own. */
  private record FromEnvironment(Map<String, String> environment) implements ConfigResolver {
    @Override
    public @Nullable ConfigValue lookup(String path) {
      String value = environment.get(path);
      return value == null ? null : ConfigValueFactory.fromAnyRef(value, "environment");
    }

    @Override
    public ConfigResolver withFallback(ConfigResolver fallback) {
      return this;
    }
  }
}
