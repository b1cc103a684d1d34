package org.longwire.relay.store.sql;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.longwire.relay.store.Dialect;
import org.longwire.relay.store.Transaction;

/** The tables {@code plugin_value} and {@code plugin_item}, within a transaction. */
final class PluginRows {
  private static final String AT = " WHERE plugin = ? AND scope = ? AND name = ?";
  private static final String GET = "SELECT value FROM plugin_value" + AT;
  private static final String DELETE_VALUE = "DELETE FROM plugin_value" + AT;
  private static final String ITEMS = "SELECT seq, value FROM plugin_item" + AT
      + " ORDER BY seq DESC LIMIT " + SqlPluginData.MAX_ITEMS;
  private static final String DELETE_ITEMS = "DELETE FROM plugin_item" + AT;
  private static final String OLDEST_BEYOND =
      "SELECT seq FROM plugin_item" + AT + " ORDER BY seq DESC LIMIT 1 OFFSET ?";
  private static final String DELETE_OLD = DELETE_ITEMS + " AND seq <= ?";

  private final String setValue;
  private final String addItem;

  PluginRows(Dialect dialect) {
    List<String> key = List.of("plugin", "scope", "name");
    this.setValue = dialect.upsert("plugin_value", key, List.of("value"));
    this.addItem =
        dialect.upsert("plugin_item", List.of("plugin", "scope", "name", "seq"), List.of("value"));
  }

  static Optional<String> value(Transaction tx, PluginKey key) throws SQLException {
    return tx.first(GET, row -> row.getString(1), key.plugin(), key.scope(), key.name());
  }

  static SortedMap<Long, String> items(Transaction tx, PluginKey key) throws SQLException {
    SortedMap<Long, String> items = new TreeMap<>();
    tx.list(
            ITEMS,
            row -> Map.entry(row.getLong(1), row.getString(2)),
            key.plugin(),
            key.scope(),
            key.name())
        .forEach(item -> items.put(item.getKey(), item.getValue()));
    return items;
  }

  /** Makes the change; making it again changes nothing more. */
  void write(Transaction tx, PluginKey key, PluginChange change) throws SQLException {
    if (change.cleared()) {
      tx.update(DELETE_VALUE, key.plugin(), key.scope(), key.name());
      tx.update(DELETE_ITEMS, key.plugin(), key.scope(), key.name());
    }
    if (change.value().isPresent()) {
      tx.update(setValue, key.plugin(), key.scope(), key.name(), change.value().get());
    }
    for (Map.Entry<Long, String> item : change.items().entrySet()) {
      tx.update(addItem, key.plugin(), key.scope(), key.name(), item.getKey(), item.getValue());
    }
    if (!change.items().isEmpty()) {
      trim(tx, key, change.keep());
    }
  }

  private static void trim(Transaction tx, PluginKey key, int keep) throws SQLException {
    Optional<Long> surplus =
        tx.first(OLDEST_BEYOND, row -> row.getLong(1), key.plugin(), key.scope(), key.name(), keep);
    if (surplus.isPresent()) {
      tx.update(DELETE_OLD, key.plugin(), key.scope(), key.name(), surplus.get());
    }
  }
}
