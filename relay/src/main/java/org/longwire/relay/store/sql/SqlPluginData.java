package org.longwire.relay.store.sql;

import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.longwire.plugins.api.Limits;
import org.longwire.relay.store.StoreException;
import org.longwire.relay.store.Work;
import org.longwire.relay.store.WritableStore;
import org.longwire.relay.store.repository.PluginData;

/** A plugin's data in the tables {@code plugin_value} and {@code plugin_item}, written behind. */
final class SqlPluginData implements PluginData {
  /** Items of one list. */
  static final int MAX_ITEMS = 10_000;

  /** Changes in one batch: it is one transaction, which a cluster holds in memory (§2.8). */
  static final int MAX_BATCH = Limits.BATCH;

  /** What may wait for a store that is away. */
  static final int MAX_PENDING_BYTES = 1024 * 1024;

  /** A megabyte in values, which is a plugin's share at once, however many they are. */
  static final int MAX_BATCH_BYTES = 1024 * 1024 + MAX_BATCH * PluginChange.OVERHEAD;

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
        store,
        new WriteBehind.Form<>(
            PluginChange::then, PluginChange::bytes, rows::write, MAX_PENDING_BYTES));
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
  public void set(String scope, String key, String value) throws StoreException {
    put(at(scope, key), setting(value));
  }

  @Override
  public void delete(String scope, String key) throws StoreException {
    put(at(scope, key), PluginChange.delete());
  }

  @Override
  public void append(String scope, String key, String value, int keep) throws StoreException {
    put(at(scope, key), appending(value, keep));
  }

  @Override
  public List<String> keys(String scope) throws StoreException {
    // As above, the pending ones first.
    Map<PluginKey, PluginChange> pending = behind.all();
    return keys(scope, pending, store.read(tx -> PluginRows.names(tx, plugin, scope)));
  }

  private static List<String> keys(
      String scope, Map<PluginKey, PluginChange> changes, Collection<String> rows) {
    SortedSet<String> keys = new TreeSet<>(rows);
    changes.forEach((key, change) -> {
      if (key.scope().equals(scope)) {
        change.leavesSomething().ifPresent(leaves -> {
          if (leaves) {
            keys.add(key.name());
          } else {
            keys.remove(key.name());
          }
        });
      }
    });
    return List.copyOf(keys);
  }

  @Override
  public Kept kept() throws StoreException {
    Map<PluginKey, PluginChange> pending = behind.all();
    return kept(store.read(tx -> PluginRows.kept(tx, plugin)), pending);
  }

  private static Kept kept(Kept rows, Map<PluginKey, PluginChange> changes) {
    Kept kept = rows;
    for (Map.Entry<PluginKey, PluginChange> change : changes.entrySet()) {
      kept = kept.plus(change.getValue().kept(change.getKey().name()));
    }
    return kept;
  }

  private void put(PluginKey key, PluginChange change) throws StoreException {
    if (!behind.put(key, change, false)) {
      throw new StoreException.Full(
          "%d KB of the plugin %s wait for the store, which takes none; try again later"
              .formatted(MAX_PENDING_BYTES / 1024, plugin));
    }
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
    if (PluginChange.bytesOf(value) > MAX_VALUE_BYTES) {
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
    Writes.durable(store, Work.large(tx -> {
      for (Map.Entry<PluginKey, PluginChange> change : batch.made.entrySet()) {
        rows.write(tx, change.getKey(), change.getValue());
      }
      return batch.made.size();
    }));
  }

  @Override
  public void flush() throws StoreException {
    behind.flush();
  }

  /** Sees its own changes at once; others see them when all of them are durable. */
  private final class Batch implements PluginData {
    private final Map<PluginKey, PluginChange> made = new LinkedHashMap<>();
    private int count;
    private int bytes;

    private void make(PluginKey key, PluginChange change) {
      count++;
      bytes += change.bytes();
      if (count > MAX_BATCH || bytes > MAX_BATCH_BYTES) {
        throw new IllegalArgumentException("a batch has at most %d changes of %d KB in all"
            .formatted(MAX_BATCH, MAX_BATCH_BYTES / 1024));
      }
      made.merge(key, change, PluginChange::then);
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
    public List<String> keys(String scope) throws StoreException {
      return SqlPluginData.keys(scope, made, SqlPluginData.this.keys(scope));
    }

    @Override
    public Kept kept() throws StoreException {
      return SqlPluginData.kept(SqlPluginData.this.kept(), made);
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
