package org.longwire.relay.store.sql;

/** Where a plugin's value or list is. */
record PluginKey(String plugin, String scope, String name) {
  /** The columns' lengths: together they must fit into an index of InnoDB. */
  static final int MAX_PLUGIN = 64;

  static final int MAX_SCOPE = 128;

  PluginKey {
    Columns.key(plugin, MAX_PLUGIN, "plugin id");
    Columns.key(scope, MAX_SCOPE, "scope");
    Columns.key(name, Columns.NAME_LIMIT, "key");
  }
}
