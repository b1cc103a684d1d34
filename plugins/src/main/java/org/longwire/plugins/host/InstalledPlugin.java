package org.longwire.plugins.host;

import java.util.Optional;
import org.longwire.plugins.api.PluginContext;

/**
 * A plugin that is there, whether or not it runs.
 *
 * @param version of a built-in one, the relay's
 * @param origin {@code built in}, or the name of its jar
 * @param policy what the operator decided of it; with {@code enabled} false it is idle, whatever
 *     else is wrong with it
 * @param problem why it cannot run at all, one sentence: its jar is broken, not allowed, too new
 * @param declared what it says of itself as far as that is known before it is opened
 * @param opening how it is had
 */
public record InstalledPlugin(
    String id,
    String version,
    String origin,
    PluginPolicy policy,
    Optional<String> problem,
    Optional<Declarations> declared,
    Opening opening) {
  /** Makes a plugin ready to be called. */
  @FunctionalInterface
  public interface Opening {
    /**
     * Opens it: constructs the plugin, or starts its process. Called on the plugin's thread, at the
     * start and again whenever the one before is no more {@link Caller#isReusable}.
     *
     * @param context what is lent to it; not to be used before the first call, its settings not
     *     before {@link Caller#declare} has returned
     * @throws Exception with a sentence if it cannot be had; it stays out then
     */
    Caller open(PluginContext context) throws Exception;
  }

  /** A plugin that is fit to run, of which nothing is known yet. */
  public static InstalledPlugin of(
      String id, String version, String origin, PluginPolicy policy, Opening opening) {
    return new InstalledPlugin(
        id, version, origin, policy, Optional.empty(), Optional.empty(), opening);
  }

  /** The same, of which that is known. */
  public InstalledPlugin declared(Optional<Declarations> known) {
    return new InstalledPlugin(id, version, origin, policy, problem, known, opening);
  }

  /** A plugin that cannot run, and why. */
  public static InstalledPlugin broken(
      String id, String version, String origin, PluginPolicy policy, String problem) {
    return new InstalledPlugin(
        id, version, origin, policy, Optional.of(problem), Optional.empty(), context -> {
          throw new IllegalStateException(problem);
        });
  }
}
