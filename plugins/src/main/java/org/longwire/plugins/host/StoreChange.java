package org.longwire.plugins.host;

/** A change of a plugin's own data, see {@link org.longwire.plugins.api.PluginStore}. */
public sealed interface StoreChange {
  String scope();

  String key();

  record Set(String scope, String key, String value) implements StoreChange {}

  record Delete(String scope, String key) implements StoreChange {}

  record Append(String scope, String key, String row, int keep) implements StoreChange {}
}
