package org.longwire.relay.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Includes files, relative to the including one, and nothing else: a configuration that is fetched
 * from elsewhere would be somebody else's.
 */
final class LocalIncluder
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
  private final Path file;
  private final ConfigProblems problems;

  LocalIncluder(Path file, ConfigProblems problems) {
    this.file = file;
    this.problems = problems;
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return this;
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    return what.contains("://") ? refuse(what) : includeFile(context, new File(what));
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    Path path = file.resolveSibling(what.toPath());
    if (context.parseOptions().getAllowMissing() && !Files.exists(path)) {
      return ConfigFactory.empty().root();
    }
    return ConfigFactory.parseFile(path.toFile(), context.parseOptions().setIncluder(this))
        .root();
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
    return refuse(what.toString());
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    return refuse(what);
  }

  private ConfigObject refuse(String what) {
    problems.error(
        new Place(file.toString(), lineOf(what)),
        "include",
        " may name files only; copy it to a file beside this one");
    return ConfigFactory.empty().root();
  }

  /** The library does not tell where an include stands. */
  private int lineOf(String what) {
    try {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).contains(what)) {
          return i + 1;
        }
      }
    } catch (IOException e) {
      return 0;
    }
    return 0;
  }
}
