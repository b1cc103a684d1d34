package org.longwire.plugins.api;

/** What the operator has configured of a plugin. Everything in it fits its form. */
public interface Settings {
  /**
   * The value of a setting.
   *
   * @throws IllegalArgumentException if the plugin has not declared it
   */
  <T> T get(Setting<T> setting);
}
