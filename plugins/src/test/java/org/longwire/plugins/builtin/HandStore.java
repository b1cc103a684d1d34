package org.longwire.plugins.builtin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.PluginStore;

/** A plugin's data in memory. */
class HandStore implements PluginStore {
  private final Map<String, TreeMap<String, String>> values = new HashMap<>();
  private final Map<String, TreeMap<String, List<String>>> lists = new HashMap<>();

  /** How many list items there may be. */
  int limitRows = Integer.MAX_VALUE;

  /** Whether nothing can be written at present. */
  boolean isAway;

  @Override
  public Optional<String> get(String scope, String key) {
    return Optional.ofNullable(values.getOrDefault(scope, new TreeMap<>()).get(key));
  }

  @Override
  public List<String> keys(String scope) {
    TreeMap<String, Object> all = new TreeMap<>(values.getOrDefault(scope, new TreeMap<>()));
    all.putAll(lists.getOrDefault(scope, new TreeMap<>()));
    return List.copyOf(all.keySet());
  }

  @Override
  public void set(String scope, String key, String value) throws PluginException {
    requireThere();
    put(scope, key, value);
  }

  private void requireThere() throws PluginException {
    if (isAway) {
      throw new PluginException.Unavailable("the store is away");
    }
  }

  private void put(String scope, String key, String value) {
    values.computeIfAbsent(scope, s -> new TreeMap<>()).put(key, value);
  }

  @Override
  public void delete(String scope, String key) throws PluginException {
    requireThere();
    remove(scope, key);
  }

  private void remove(String scope, String key) {
    values.getOrDefault(scope, new TreeMap<>()).remove(key);
    lists.getOrDefault(scope, new TreeMap<>()).remove(key);
  }

  @Override
  public void append(String scope, String key, String row, int keep) throws PluginException {
    requireThere();
    int rows = lists.values().stream()
        .flatMap(keys -> keys.values().stream())
        .mapToInt(List::size)
        .sum();
    if (rows >= limitRows) {
      throw new PluginException.QuotaSpent("the plugin keeps too much");
    }
    add(scope, key, row, keep);
  }

  private void add(String scope, String key, String row, int keep) {
    List<String> list = lists
        .computeIfAbsent(scope, s -> new TreeMap<>())
        .computeIfAbsent(key, k -> new ArrayList<>());
    list.add(row);
    while (list.size() > keep) {
      list.remove(0);
    }
  }

  @Override
  public List<String> list(String scope, String key) {
    return List.copyOf(lists.getOrDefault(scope, new TreeMap<>()).getOrDefault(key, List.of()));
  }

  @Override
  public Batch batch() {
    return new HandBatch(this);
  }

  /** A copy that is changed at once, and the changes to be made again at the commit. */
  private static final class HandBatch extends HandStore implements Batch {
    private final HandStore store;
    private final List<Consumer<HandStore>> changes = new ArrayList<>();

    HandBatch(HandStore store) {
      this.store = store;
      HandStore copy = this;
      store.values.forEach((scope, all) -> copy.values.put(scope, new TreeMap<>(all)));
      store.lists.forEach((scope, all) -> {
        TreeMap<String, List<String>> rows = new TreeMap<>();
        all.forEach((key, list) -> rows.put(key, new ArrayList<>(list)));
        copy.lists.put(scope, rows);
      });
    }

    @Override
    public void set(String scope, String key, String value) {
      super.put(scope, key, value);
      changes.add(to -> to.put(scope, key, value));
    }

    @Override
    public void delete(String scope, String key) {
      super.remove(scope, key);
      changes.add(to -> to.remove(scope, key));
    }

    @Override
    public void append(String scope, String key, String row, int keep) {
      super.add(scope, key, row, keep);
      changes.add(to -> to.add(scope, key, row, keep));
    }

    @Override
    public void commit() throws PluginException {
      store.requireThere();
      changes.forEach(change -> change.accept(store));
      changes.clear();
    }

    @Override
    public void close() {
      changes.clear();
    }
  }
}
