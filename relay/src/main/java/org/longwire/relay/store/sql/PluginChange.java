package org.longwire.relay.store.sql;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.longwire.relay.store.repository.PluginData;

/**
 * What changes at a key: first it may be cleared, then a value set, then items appended.
 *
 * @param cleared whether the value and the list that were there are gone
 * @param value the value it has then, if one was set
 * @param items what was appended, by rising seq
 * @param keep how many items the list may have; the last word counts
 */
record PluginChange(
    boolean cleared, Optional<String> value, SortedMap<Long, String> items, int keep) {
  /** Bytes of a row beside its value. */
  static final int OVERHEAD = 64;

  static PluginChange set(String value) {
    return new PluginChange(false, Optional.of(value), new TreeMap<>(), SqlPluginData.MAX_ITEMS);
  }

  static PluginChange delete() {
    return new PluginChange(true, Optional.empty(), new TreeMap<>(), SqlPluginData.MAX_ITEMS);
  }

  static PluginChange append(long seq, String item, int keep) {
    return new PluginChange(false, Optional.empty(), new TreeMap<>(Map.of(seq, item)), keep);
  }

  PluginChange then(PluginChange later) {
    if (later.cleared) {
      return later;
    }
    boolean appends = !later.items.isEmpty();
    SortedMap<Long, String> all = new TreeMap<>(items);
    all.putAll(later.items);
    int limit = appends ? later.keep : keep;
    while (all.size() > limit) {
      all.remove(all.firstKey());
    }
    return new PluginChange(cleared, later.value.or(() -> value), all, limit);
  }

  /** The value over the one in the row. */
  Optional<String> valueOver(Optional<String> row) {
    return value.or(() -> cleared ? Optional.empty() : row);
  }

  /** The list over the one in the rows; an item that is in both is one. */
  List<String> listOver(SortedMap<Long, String> rows) {
    SortedMap<Long, String> all = new TreeMap<>();
    if (!cleared) {
      all.putAll(rows);
    }
    all.putAll(items);
    List<String> list = new ArrayList<>(all.values());
    return items.isEmpty() ? list : list.subList(Math.max(0, list.size() - keep), list.size());
  }

  /** Whether there is something at its key afterwards; empty if that depends on the rows. */
  Optional<Boolean> leavesSomething() {
    if (value.isPresent() || !items.isEmpty()) {
      return Optional.of(true);
    }
    return cleared ? Optional.of(false) : Optional.empty();
  }

  /** What it adds to those rows that it does not replace. */
  PluginData.Kept kept(String name) {
    int nameBytes = bytesOf(name);
    long bytes = value.map(text -> nameBytes + bytesOf(text)).orElse(0);
    for (String item : items.values()) {
      bytes += nameBytes + bytesOf(item);
    }
    return new PluginData.Kept(bytes, items.size() + (value.isPresent() ? 1 : 0));
  }

  int bytes() {
    int sum = OVERHEAD + value.map(PluginChange::bytesOf).orElse(0);
    for (String item : items.values()) {
      sum += OVERHEAD + bytesOf(item);
    }
    return sum;
  }

  static int bytesOf(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
