package org.longwire.plugins.host.load;

import java.util.Optional;

/**
 * What becomes of a jar.
 *
 * @param sentence why it does not run, with the cure; or, of one that does, what to see to; perhaps
 *     empty
 */
public record JarVerdict(FoundJar jar, Kind kind, String sentence) {
  /** Whether it may run. */
  public boolean isReady() {
    return kind == Kind.READY;
  }

  /** Whether the operator does not want it to run. */
  public boolean isUnwanted() {
    return kind == Kind.DISABLED || kind == Kind.DENIED;
  }

  /** The plugin's id, if the jar tells one. */
  public Optional<String> id() {
    return jar.manifest().map(PluginManifest::id);
  }

  /** The kinds, in the order in which they are looked for. */
  public enum Kind {
    CORRUPT,
    BUILT_IN,
    DENIED,
    DISABLED,
    DUPLICATE,
    WRONG_API,
    NOT_ALLOWED,
    WRONG_HASH,
    READY
  }
}
