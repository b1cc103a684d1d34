package org.longwire.plugins.builtin;

import org.longwire.plugins.api.Plugin;

/** A plugin that comes with the relay, found by {@link java.util.ServiceLoader}. */
public interface BuiltIn extends Plugin {
  /** Its section of the configuration. */
  String id();

  /** Whether it runs where nothing is configured of it. */
  default boolean isOnByDefault() {
    return false;
  }
}
