package org.longwire.relay.store.sql;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.WritableStore;
import org.longwire.relay.store.repository.PluginData;

/** A plugin's data in the tables {@code plugin_value} and {@code plugin_item}, written behind. */
final class SqlPluginData implements PluginData {
  /** Items of one list. */
  static final int MAX_ITEMS = 10_000;

  /** Keys that one batch may touch: it is one transaction, which a cluster holds in memory. */
  static final int MAX_BATCH = 500;

  private final WritableStore store;
  private final String plugin;
  private final TimeIds ids;
  private final InstantSource clock;
  private final PluginRows rows;
  private final WriteBehind<PluginKey, PluginChange> behind;

  /** @param ids of this plugin alone, so that they rise with every append */
  SqlPluginData(WritableStore store, String plugin, TimeIds ids, InstantSource clock) {
    this.store = store;
    this.plugin = plugin;
    this.ids = ids;
    this.clock = clock;
    this.rows = new PluginRows(store.dialect());
    this.behind = new WriteBehind<>(
        store, new WriteBehind.Form<>(PluginChange::then, PluginChange::bytes, rows::write));
  }

  @Override
  public Optional<String> get(String scope, String key) throws StoreException {
    PluginKey at = at(scope, key);
    Optional<PluginChange> pending = behind.of(at);
    if (pending.filter(change -> change.cleared() || change.value().isPresent()).isPresent()) {
      return pending.get().value();
    }
    return store.read(tx -> PluginRows.value(tx, at));
  }

  @Override
  public List<String> list(String scope, String key) throws StoreException {
    PluginKey at = at(scope, key);
    // The pending items first: what is written in between is in both, not in none.
    Optional<PluginChange> pending = behind.of(at);
    SortedMap<Long, String> items = store.read(tx -> PluginRows.items(tx, at));
    return pending.map(change -> change.listOver(items)).orElse(List.copyOf(items.values()));
  }

  @Override
  public void set(String scope, String key, String value) {
    behind.put(at(scope, key), setting(value), false);
  }

  @Override
  public void delete(String scope, String key) {
    behind.put(at(scope, key), PluginChange.delete(), false);
  }

  @Override
  public void append(String scope, String key, String value, int keep) {
    behind.put(at(scope, key), appending(value, keep), false);
  }

  private PluginKey at(String scope, String key) {
    return new PluginKey(plugin, scope, key);
  }

  private static PluginChange setting(String value) {
    return PluginChange.set(fitting(value));
  }

  private PluginChange appending(String value, int keep) {
    if (keep < 1 || keep > MAX_ITEMS) {
      throw new IllegalArgumentException("a list keeps 1 to " + MAX_ITEMS + " items");
    }
    return PluginChange.append(ids.nextRising(clock.instant()), fitting(value), keep);
  }

  private static String fitting(String value) {
    if (value.getBytes(StandardCharsets.UTF_8).length > MAX_VALUE_BYTES) {
      throw new IllegalArgumentException("a value has " + MAX_VALUE_BYTES + " bytes at most");
    }
    return value;
  }

  @Override
  public void batch(Changes changes) throws StoreException {
    Batch batch = new Batch();
    changes.make(batch);
    if (batch.made.isEmpty()) {
      return;
    }
    // What was said before is written before.
    behind.flush();
    Writes.durable(store, tx -> {
      for (Map.Entry<PluginKey, PluginChange> change : batch.made.entrySet()) {
        rows.write(tx, change.getKey(), change.getValue());
      }
      return batch.made.size();
    });
  }

  @Override
  public void flush() throws StoreException {
    behind.flush();
  }

  /** Sees its own changes at once; others see them when all of them are durable. */
  private final class Batch implements PluginData {
    private final Map<PluginKey, PluginChange> made = new LinkedHashMap<>();

    private void make(PluginKey key, PluginChange change) {
      made.merge(key, change, PluginChange::then);
      if (made.size() > MAX_BATCH) {
        throw new IllegalArgumentException("a batch touches " + MAX_BATCH + " keys at most");
      }
    }

    @Override
    public Optional<String> get(String scope, String key) throws StoreException {
      Optional<String> before = SqlPluginData.this.get(scope, key);
      PluginChange change = made.get(at(scope, key));
      return change == null ? before : change.valueOver(before);
    }

    @Override
    public List<String> list(String scope, String key) throws StoreException {
      PluginKey at = at(scope, key);
      PluginChange change = made.get(at);
      if (change == null) {
        return SqlPluginData.this.list(scope, key);
      }
      PluginChange all = behind.of(at).map(pending -> pending.then(change)).orElse(change);
      return all.listOver(store.read(tx -> PluginRows.items(tx, at)));
    }

    @Override
    public void set(String scope, String key, String value) {
      make(at(scope, key), setting(value));
    }

    @Override
    public void delete(String scope, String key) {
      make(at(scope, key), PluginChange.delete());
    }

    @Override
    public void append(String scope, String key, String value, int keep) {
      make(at(scope, key), appending(value, keep));
    }

    /** A batch within a batch is a part of it. */
    @Override
    public void batch(Changes changes) throws StoreException {
      changes.make(this);
    }

    /** The end of the batch does it. */
    @Override
    public void flush() {}
  }
}
