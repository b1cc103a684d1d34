package org.longwire.relay.store.sql;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.longwire.relay.store.Dialect;
import org.longwire.relay.store.Transaction;
import org.longwire.relay.store.repository.PluginData;

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
  private static final String IN_SCOPE = " WHERE plugin = ? AND scope = ?";
  private static final String NAMES =
      "SELECT name FROM plugin_value" + IN_SCOPE + " UNION SELECT name FROM plugin_item" + IN_SCOPE;
  private static final String SIZE =
      "SELECT coalesce(sum(octet_length(name) + octet_length(value)), 0), count(*) FROM %s"
          + " WHERE plugin = ?";
  private static final List<String> SIZES =
      List.of(SIZE.formatted("plugin_value"), SIZE.formatted("plugin_item"));

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

  static List<String> names(Transaction tx, String plugin, String scope) throws SQLException {
    return tx.list(NAMES, row -> row.getString(1), plugin, scope, plugin, scope);
  }

  static PluginData.Kept kept(Transaction tx, String plugin) throws SQLException {
    long bytes = 0;
    long rows = 0;
    for (String size : SIZES) {
      PluginData.Kept some = tx.first(
              size, row -> new PluginData.Kept(row.getLong(1), row.getLong(2)), plugin)
          .orElseThrow();
      bytes += some.bytes();
      rows += some.rows();
    }
    return new PluginData.Kept(bytes, rows);
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
