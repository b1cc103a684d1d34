package org.longwire.relay.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.host.PluginPolicy;
import org.longwire.plugins.host.Quotas;
import org.longwire.relay.config.PluginsConfig.Written;
import org.longwire.relay.config.RelayConfig.Bridge;
import org.longwire.relay.config.RelayConfig.Security;

/** Reads {@code plugins { }} and {@code security { }}. */
final class PluginsReader {
  private static final String SHAPE = "plugins.*";

  private final Section root;
  private final Path state;
  private final List<Bridge> bridges;
  private final ConfigProblems problems;

  PluginsReader(Section root, Path state, List<Bridge> bridges) {
    this.root = root;
    this.state = state;
    this.bridges = bridges;
    this.problems = root.problems();
  }

  PluginsConfig read() {
    Map<String, ConfigValue> plugins = new TreeMap<>(children(root.object(), "plugins"));
    Set<String> denied = Set.copyOf(root.get(PluginKeys.DENY));
    Map<String, Written> sections = new LinkedHashMap<>();
    plugins.keySet().removeAll(PluginPolicy.RESERVED);
    plugins.forEach((id, value) -> sections.put(id, written(id, value, denied)));
    return new PluginsConfig(
        state.resolve(root.get(PluginKeys.DIRECTORY)), pins(), denied, sections);
  }

  Security security() {
    URI osv = root.get(PluginKeys.OSV_URL);
    if (MatrixReader.isPlainInTheNetwork(osv)) {
      root.error(
          PluginKeys.OSV_URL,
          " is plain http, on which anybody on the way could answer; write \"https://"
              + osv.getRawAuthority() + "\"");
    }
    return new Security(
        root.get(PluginKeys.SCAN), osv, root.written(PluginKeys.OSV_DATABASE).map(state::resolve));
  }

  private Map<String, String> pins() {
    Map<String, String> pins = new TreeMap<>();
    ConfigObject plugins = object(root.object().get("plugins"));
    children(plugins, "allow").forEach((id, value) -> {
      checkId(id, "plugins.allow." + id, value);
      PluginKeys.ALLOW.form().read(value).value().ifPresent(pin -> pins.put(id, pin));
    });
    return pins;
  }

  private Written written(String id, ConfigValue value, Set<String> denied) {
    Place place = Place.of(value.origin(), root.place());
    Section section = new Section(object(value), "plugins." + id, SHAPE, place, problems);
    checkId(id, section.path(), value);
    checkPlaces(section);
    if (denied.contains(id) && section.get(PluginKeys.ENABLED)) {
      problems.warning(
          place, section.path(), " is named in plugins.deny, which wins; remove one of them");
    }
    Map<String, Place> places = section.object().entrySet().stream()
        .collect(Collectors.toMap(
            Map.Entry::getKey, entry -> Place.of(entry.getValue().origin(), place)));
    return new Written(policy(section), place, places, problems.ofPlugin(id));
  }

  private void checkId(String id, String path, ConfigValue value) {
    if (!PluginPolicy.isId(id)) {
      problems.error(
          Place.of(value.origin(), root.place()),
          path,
          " is no plugin's id; write 1 to 32 of a-z, 0-9 and dash, a letter first");
    }
  }

  /** Names of rooms and channels that no bridge has are probably slips. */
  private void checkPlaces(Section section) {
    for (String channel : section.get(PluginKeys.CHANNELS)) {
      boolean isBridged = bridges.stream()
          .anyMatch(bridge -> channel.equals(String.valueOf(bridge.channel().value()))
              || channel.equals(bridge.radio() + "/" + bridge.channel().value()));
      if (!isBridged) {
        section.warning(PluginKeys.CHANNELS, " has %s, which no bridge joins".formatted(channel));
      }
    }
    for (String room : section.get(PluginKeys.ROOMS)) {
      if (bridges.stream().noneMatch(bridge -> bridge.room().equals(room))) {
        section.warning(
            PluginKeys.ROOMS,
            " has %s, which is no room of a bridge; write it as the bridge does".formatted(room));
      }
    }
  }

  private static PluginPolicy policy(Section section) {
    Map<String, Command.Role> roles = new TreeMap<>();
    children(section.object(), "roles")
        .forEach((command, value) ->
            PluginKeys.ROLE.form().read(value).value().ifPresent(role -> roles.put(command, role)));
    Map<String, Object> own = new TreeMap<>();
    section.object().forEach((key, value) -> {
      if (!PluginKeys.COMMON.contains(key) && value.valueType() != ConfigValueType.NULL) {
        own.put(key, value.unwrapped());
      }
    });
    Optional<Integer> priority = section.written(PluginKeys.PRIORITY);
    return new PluginPolicy(
        section.get(PluginKeys.ENABLED),
        priority.map(OptionalInt::of).orElse(OptionalInt.empty()),
        Set.copyOf(section.get(PluginKeys.CHANNELS)),
        Set.copyOf(section.get(PluginKeys.ROOMS)),
        section.written(PluginKeys.MENTION),
        section.get(PluginKeys.MESH),
        roles,
        Set.copyOf(section.get(PluginKeys.PORTS)),
        Set.copyOf(section.get(PluginKeys.HOSTS)),
        section.get(PluginKeys.ISOLATED),
        new Quotas(
            section.get(PluginKeys.MESH_INTERVAL),
            section.get(PluginKeys.ROOM_MESSAGES),
            section.get(PluginKeys.STORE),
            section.get(PluginKeys.MEMORY)),
        own);
  }

  private static Map<String, ConfigValue> children(ConfigObject parent, String name) {
    return object(parent.get(name));
  }

  /** What is no section was complained of, and counts as an empty one. */
  private static ConfigObject object(@Nullable ConfigValue value) {
    return value instanceof ConfigObject object ? object : ConfigFactory.empty().root();
  }
}
