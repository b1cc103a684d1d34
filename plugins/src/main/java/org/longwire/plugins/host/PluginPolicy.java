package org.longwire.plugins.host;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.longwire.plugins.api.Command;
import org.longwire.plugins.api.Sending;
import org.longwire.radio.PortNum;

/**
 * What the operator has decided of a plugin: what every section of the configuration may say.
 *
 * @param priority its place among those who claim, instead of its own
 * @param channels {@code 0}, or {@code main/0} where there are several radios: the channels on
 *     which it is active; empty for all that are bridged. A direct message reaches it in any case
 * @param rooms the rooms, as the bridges name them, in which it is active; empty for all
 * @param mentionRequired instead of {@code commands.mention-required}
 * @param mesh whether nodes may use its commands
 * @param roles instead of those that it has declared, by command
 * @param ports that it may send packets of
 * @param hosts of private networks that it may ask
 * @param isolated whether it runs in a process of its own; for plugins that are not built in
 * @param settings what else stands in the section, as HOCON unwraps it
 */
public record PluginPolicy(
    boolean enabled,
    OptionalInt priority,
    Set<String> channels,
    Set<String> rooms,
    Optional<Boolean> mentionRequired,
    boolean mesh,
    Map<String, Command.Role> roles,
    Set<Integer> ports,
    Set<String> hosts,
    boolean isolated,
    Quotas quotas,
    Map<String, Object> settings) {
  /** What stands beside the plugins' sections, and is therefore no plugin's id. */
  public static final Set<String> RESERVED = Set.of("allow", "deny", "directory");

  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,31}");

  private static final int MAX_PORT = 511;

  private static final Set<Integer> NEVER_SENT = Set.of(
      PortNum.TEXT_MESSAGE,
      PortNum.TEXT_MESSAGE_COMPRESSED,
      PortNum.ROUTING,
      PortNum.ADMIN,
      PortNum.ALERT);

  public PluginPolicy {
    channels = Set.copyOf(channels);
    rooms = Set.copyOf(rooms);
    roles = Map.copyOf(roles);
    ports = Set.copyOf(ports);
    hosts = Set.copyOf(hosts);
    settings = Map.copyOf(settings);
  }

  /** Whether a plugin may be called so. */
  public static boolean isId(String text) {
    return ID.matcher(text).matches() && !RESERVED.contains(text);
  }

  /**
   * Whether plugins may be given the right to send packets of a port; words go as
   * {@link Sending.Words}.
   */
  public static boolean isForPlugins(int port) {
    return port >= 1 && port <= MAX_PORT && !NEVER_SENT.contains(port);
  }

  /** What holds where nothing is written. */
  public static PluginPolicy standard() {
    return new PluginPolicy(
        true,
        OptionalInt.empty(),
        Set.of(),
        Set.of(),
        Optional.empty(),
        true,
        Map.of(),
        Set.of(),
        Set.of(),
        true,
        Quotas.STANDARD,
        Map.of());
  }

  /** The same, running or not. */
  public PluginPolicy enabled(boolean isEnabled) {
    return new PluginPolicy(
        isEnabled,
        priority,
        channels,
        rooms,
        mentionRequired,
        mesh,
        roles,
        ports,
        hosts,
        isolated,
        quotas,
        settings);
  }

  /** The role that a command takes. */
  public Command.Role role(Command command) {
    return roles.getOrDefault(command.name(), command.role());
  }
}
