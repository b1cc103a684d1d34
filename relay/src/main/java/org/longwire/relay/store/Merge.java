package org.longwire.relay.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How the rows of several sources become one list.
 *
 * @param order of the result; each source answers in this order too
 * @param key by which the same thing is recognised in two sources
 * @param newer which of two rows with one key is kept: the greater; of equals, the one of the
 *     earlier source
 */
public record Merge<T, K>(Comparator<T> order, Function<T, K> key, Comparator<T> newer) {
  /** For rows that never change: the earlier source's is kept. */
  public static <T, K> Merge<T, K> of(Comparator<T> order, Function<T, K> key) {
    return new Merge<>(order, key, (a, b) -> 0);
  }

  /**
   * The first rows of all, without repetition. Each source gave at least so many if it has them.
   */
  List<T> merged(List<List<T>> answers, int limit) {
    List<T> rows = new ArrayList<>();
    Map<K, Integer> places = new HashMap<>();
    for (List<T> answer : answers) {
      for (T row : answer) {
        Integer place = places.putIfAbsent(key.apply(row), rows.size());
        if (place == null) {
          rows.add(row);
        } else if (newer.compare(row, rows.get(place)) > 0) {
          rows.set(place, row);
        }
      }
    }
    // The sort finds the runs that the sources' own order made, and merges them.
    rows.sort(order);
    return List.copyOf(rows.subList(0, Math.min(limit, rows.size())));
  }
}
