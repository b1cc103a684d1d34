package org.longwire.relay.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.longwire.plugins.host.PluginPolicy;

/**
 * The plugins, as the operator wants them.
 *
 * @param directory of the jars of plugins that do not come with the relay
 * @param allow the SHA-256 of the jars that may be loaded, in small hex digits, by plugin
 * @param deny plugins that never run, whatever else is written
 * @param sections what is written of each plugin; where nothing is, its own default holds
 */
public record PluginsConfig(
    Path directory, Map<String, String> allow, Set<String> deny, Map<String, Written> sections) {
  public PluginsConfig {
    allow = Map.copyOf(allow);
    deny = Set.copyOf(deny);
    sections = Map.copyOf(sections);
  }

  /**
   * A section.
   *
   * @param place where it begins
   * @param places where its keys are, by their names
   * @param faults what is wrong with it, as sentences that have been told: with any of them the
   *     plugin stays out, and the relay runs without it
   */
  public record Written(
      PluginPolicy policy, Place place, Map<String, Place> places, List<String> faults) {
    public Written {
      places = Map.copyOf(places);
      faults = List.copyOf(faults);
    }

    /** Where a key stands, or would. */
    public Place place(String key) {
      return places.getOrDefault(key, place);
    }
  }

  /** What is decided of a plugin, written or not. */
  public PluginPolicy policy(String plugin) {
    Written written = sections.get(plugin);
    return written == null ? PluginPolicy.standard() : written.policy();
  }
}
