package org.longwire.relay;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.longwire.plugins.host.Declarations;
import org.longwire.plugins.host.Spelling;
import org.longwire.plugins.host.load.JarVerdict;
import org.longwire.relay.config.ConfigProblems;
import org.longwire.relay.config.ConfigProblems.Severity;
import org.longwire.relay.config.Place;
import org.longwire.relay.config.PluginsConfig;
import org.longwire.relay.config.PluginsConfig.Written;

/** Holds what is configured of plugins against the plugins that are there. */
public final class PluginComplaints {
  private final KnownPlugins known;
  private final PluginsConfig config;
  private final ConfigProblems problems;

  /** @param problems to be told to */
  public PluginComplaints(KnownPlugins known, ConfigProblems problems) {
    this.known = known;
    this.config = known.config();
    this.problems = problems;
  }

  /** Everything: what is unknown, jars that would not be loaded, and plugins' own settings. */
  public void tell() {
    tellUnknown();
    known.jars().forEach(this::tell);
    for (Map.Entry<String, Written> section : new TreeMap<>(config.sections()).entrySet()) {
      String id = section.getKey();
      boolean isFit = known.isBuiltIn(id) || known.jar(id).stream().anyMatch(JarVerdict::isReady);
      if (isFit && known.isWanted(id) && known.faults(id).isEmpty()) {
        tellSettings(id, section.getValue());
      }
    }
  }

  /** Sections and pins of plugins that are not there. */
  public void tellUnknown() {
    List<String> ids = known.ids();
    Stream.concat(config.sections().keySet().stream(), config.allow().keySet().stream())
        .distinct()
        .sorted()
        .filter(id -> !ids.contains(id) && known.faults(id).isEmpty())
        .forEach(this::tellUnknown);
  }

  private void tellUnknown(String id) {
    Written section = config.sections().get(id);
    String cure = config.allow().containsKey(id)
        ? "; put its jar there (\"longwire plugin install\")"
        : Spelling.nearest(id, known.ids())
            .map(near -> "; did you mean \"" + near + "\"?")
            .orElse("; install it, or remove this");
    String words =
        " is no plugin of Longwire's, and no jar in %s is%s".formatted(config.directory(), cure);
    if (section == null) {
      problems.ofPlugin(
          Severity.WARNING, new Place("configuration", 0), "plugins.allow." + id, words);
    } else {
      problems.ofPlugin(Severity.ERROR, section.place(), "plugins." + id, words);
    }
  }

  private void tell(JarVerdict jar) {
    if (jar.sentence().isEmpty() || jar.isUnwanted()) {
      return;
    }
    boolean isMeant = jar.id().stream()
        .anyMatch(id -> config.sections().containsKey(id) || config.allow().containsKey(id));
    problems.ofPlugin(
        isMeant && !jar.isReady() ? Severity.ERROR : Severity.WARNING,
        new Place(config.directory().toString(), 0),
        "",
        jar.sentence());
  }

  private void tellSettings(String id, Written section) {
    try {
      Declarations declared = known.declarations(id);
      for (String sentence : declared.problems()) {
        String key = sentence.split("[ \\[]", 2)[0];
        boolean isOfKey = section.places().containsKey(key);
        problems.ofPlugin(
            Severity.ERROR,
            section.place(key),
            "plugins." + id + (isOfKey ? "." + key : ""),
            isOfKey ? sentence.substring(key.length()) : ": " + sentence);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception | LinkageError | StackOverflowError e) {
      // Whatever a plugin throws when it is asked what it is.
      problems.ofPlugin(
          Severity.ERROR,
          section.place(),
          "plugins." + id,
          " cannot be checked: the plugin failed (%s)".formatted(e));
    }
  }
}
