package org.longwire.relay.config;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.host.PluginPolicy;
import org.longwire.relay.config.Form.Reading;
import org.longwire.relay.config.RelayConfig.Scan;

/**
 * The keys of {@code plugins { }} and {@code security { }}. What a plugin itself has declared is
 * checked by its host.
 */
final class PluginKeys {
  private static final int MAX_LIST = 100;
  private static final int MIB = 1024 * 1024;

  /** A plugin's Java machine does not start with less. */
  private static final int MIN_MEMORY = 16 * MIB;

  static final Key<String> DIRECTORY = Key.of("plugins.directory", FieldForms.path(), "plugins");
  static final Key<String> ALLOW = Key.withoutDefault("plugins.allow.*", sha256());
  static final Key<List<String>> DENY = Key.of("plugins.deny", Forms.listOf(id(), MAX_LIST), "[]");

  static final Key<Boolean> ENABLED = Key.of("plugins.*.enabled", Forms.flag(), "true");
  static final Key<Integer> PRIORITY =
      Key.withoutDefault("plugins.*.priority", Forms.whole(0, 1_000, ""));
  static final Key<List<String>> CHANNELS =
      Key.of("plugins.*.channels", Forms.listOf(channel(), MAX_LIST), "[]");
  static final Key<List<String>> ROOMS =
      Key.of("plugins.*.rooms", Forms.listOf(FieldForms.room(), MAX_LIST), "[]");
  static final Key<Boolean> MENTION =
      Key.withoutDefault("plugins.*.mention-required", Forms.flag());
  static final Key<Boolean> MESH = Key.of("plugins.*.mesh", Forms.flag(), "true");
  static final Key<Command.Role> ROLE =
      Key.withoutDefault("plugins.*.roles.*", Forms.oneOf(roles()));
  static final Key<List<Integer>> PORTS =
      Key.of("plugins.*.ports", Forms.listOf(port(), MAX_LIST), "[]");
  static final Key<List<String>> HOSTS =
      Key.of("plugins.*.hosts", Forms.listOf(FieldForms.host(), MAX_LIST), "[]");
  static final Key<Boolean> ISOLATED = Key.of("plugins.*.isolated", Forms.flag(), "true");
  static final Key<Integer> MEMORY =
      Key.of("plugins.*.memory", Forms.size(MIN_MEMORY, 512 * MIB), "32 MiB");
  static final Key<Duration> MESH_INTERVAL = Key.of(
      "plugins.*.mesh-interval",
      Forms.duration(Duration.ofSeconds(1), Duration.ofDays(1), ""),
      "30s");
  static final Key<Integer> ROOM_MESSAGES =
      Key.of("plugins.*.room-messages", Forms.whole(0, 600, ""), "10");
  static final Key<Integer> STORE = Key.of("plugins.*.store", Forms.size(0, 64 * MIB), "1 MiB");

  /** A plugin's own; the form of its default only says that it may be a list or a section. */
  static final Key<Object> OWN = Key.of("plugins.*.*", Forms.anything(), "[]");

  static final Key<Scan> SCAN = Key.of(
      "security.dependency-scan", Forms.oneOf(Map.of("none", Scan.NONE, "osv", Scan.OSV)), "none");
  static final Key<URI> OSV_URL =
      Key.of("security.osv-url", FieldForms.homeserver(), "\"https://api.osv.dev\"");
  static final Key<String> OSV_DATABASE =
      Key.withoutDefault("security.osv-database", FieldForms.path());

  /** In the order of the complete example. */
  static final List<Key<?>> ALL = List.of(
      DIRECTORY,
      ALLOW,
      DENY,
      ENABLED,
      PRIORITY,
      CHANNELS,
      ROOMS,
      MENTION,
      MESH,
      ROLE,
      PORTS,
      HOSTS,
      ISOLATED,
      MEMORY,
      MESH_INTERVAL,
      ROOM_MESSAGES,
      STORE,
      OWN,
      SCAN,
      OSV_URL,
      OSV_DATABASE);

  /** The words that every section has, and no plugin may declare for itself. */
  static final Set<String> COMMON = ALL.stream()
      .map(Key::path)
      .filter(path -> path.startsWith("plugins.*.") && path.charAt(10) != '*')
      .map(path -> path.split("\\.")[2])
      .collect(Collectors.toUnmodifiableSet());

  private PluginKeys() {}

  private static Form<String> id() {
    return value -> Forms.name(64)
        .read(value)
        .then(text -> PluginPolicy.isId(text)
            ? Reading.of(text, value)
            : Reading.misfit(
                " is " + Forms.show(value)
                    + "; write a plugin's id (\"longwire plugin list\" tells them)",
                value));
  }

  private static Form<String> sha256() {
    return value -> {
      String hash = String.valueOf(value.unwrapped()).strip().toLowerCase(Locale.ROOT);
      return hash.matches("[0-9a-f]{64}")
          ? Reading.of(hash, value)
          : Reading.misfit(
              " is " + Forms.show(value)
                  + "; write the 64 hex digits that \"longwire plugin verify\" tells",
              value);
    };
  }

  private static Form<String> channel() {
    return value -> {
      String text = String.valueOf(value.unwrapped()).strip();
      return text.matches("([a-z0-9][a-z0-9-]{0,31}/)?[0-7]")
          ? Reading.of(text, value)
          : Reading.misfit(
              " is " + Forms.show(value)
                  + "; write a channel, 0 to 7, or with its radio, such as \"main/0\"",
              value);
    };
  }

  private static Form<Integer> port() {
    return value -> FieldForms.portnum()
        .read(value)
        .then(port -> PluginPolicy.isForPlugins(port)
            ? Reading.of(port, value)
            : Reading.misfit(
                " is " + Forms.show(value) + ", of which no plugin may send packets; remove it",
                value));
  }

  private static Map<String, Command.Role> roles() {
    Map<String, Command.Role> roles = new LinkedHashMap<>();
    Role.WORDS.forEach((word, role) -> roles.put(word, Command.Role.valueOf(role.name())));
    return roles;
  }
}
