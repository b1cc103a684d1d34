package org.longwire.plugins.host;

import java.util.Map;

/**
 * How a plugin is, for {@code longwire plugin list}.
 *
 * @param version of a built-in one, the relay's
 * @param origin {@code built in}, or the name of its jar
 * @param sentence what there is to say of its condition; empty if it is well
 * @param calls since the start
 * @param faults since the start
 * @param missed calls that found no place in its queue
 * @param counts what it counts itself
 */
public record PluginState(
    String id,
    String version,
    String origin,
    String description,
    Condition condition,
    String sentence,
    long calls,
    long faults,
    long missed,
    Map<String, Long> counts) {
  public PluginState {
    counts = Map.copyOf(counts);
  }

  /** How it is. */
  public enum Condition {
    /** Being started; it hears nothing yet. */
    STARTING,
    ACTIVE,
    /** After too many faults, for a while. */
    RESTING,
    /** Not configured, or disabled. */
    IDLE,
    /** Switched off after faults, until somebody reloads it. */
    SWITCHED_OFF,
    /** Could not be loaded, configured or started. */
    BROKEN
  }
}
