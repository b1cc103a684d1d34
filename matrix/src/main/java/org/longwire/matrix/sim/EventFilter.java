package org.longwire.matrix.sim;

import java.util.List;
import java.util.Optional;

/**
 * Which events a reader wants, of a filter's many parts those that a bridge uses.
 *
 * @param types the only types wanted, if given; a star at the end stands for anything
 * @param notTypes types never wanted
 * @param limit how many at most
 */
record EventFilter(Optional<List<String>> types, List<String> notTypes, int limit) {
  private static final int DEFAULT_LIMIT = 10;

  /** What Synapse gives at most, whatever is asked for. */
  static final int MAX_LIMIT = 1000;

  static EventFilter of(Optional<DoubleJson> json) {
    DoubleJson filter = json.orElseGet(DoubleJson::object);
    long limit = filter.number("limit").orElse(DEFAULT_LIMIT);
    return new EventFilter(filter.texts("types"), filter.texts("not_types").orElse(List.of()), (int)
        Math.max(0, Math.min(limit, MAX_LIMIT)));
  }

  EventFilter atMost(int events) {
    return new EventFilter(types, notTypes, Math.min(limit, events));
  }

  boolean wants(DoubleEvent event) {
    return wantsType(event.type());
  }

  boolean wantsType(String type) {
    return types.map(list -> matches(list, type)).orElse(true) && !matches(notTypes, type);
  }

  private static boolean matches(List<String> patterns, String type) {
    return patterns.stream()
        .anyMatch(pattern -> pattern.endsWith("*")
            ? type.startsWith(pattern.substring(0, pattern.length() - 1))
            : type.equals(pattern));
  }
}
