package org.longwire.relay.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tree that the paths of the keys make: what may stand where. */
final class Shape {
  static final Shape ALL = of(Keys.ALL);

  private final Map<String, Shape> children = new LinkedHashMap<>();
  private Optional<Key<?>> key = Optional.empty();
  private boolean list;

  private static Shape of(List<Key<?>> keys) {
    Shape root = new Shape();
    for (Key<?> key : keys) {
      Shape at = root;
      for (String word : key.path().split("\\.")) {
        boolean isList = word.endsWith("[]");
        at = at.children.computeIfAbsent(
            isList ? word.substring(0, word.length() - 2) : word, w -> new Shape());
        at.list |= isList;
      }
      at.key = Optional.of(key);
    }
    root.children.put("radio", root.children.get("radios").children.get("*"));
    return root;
  }

  Optional<Key<?>> key() {
    return key;
  }

  /** Whether it is a list of sections. */
  boolean isList() {
    return list;
  }

  /** What a word means here: a key or section of that name, else any name where that is allowed. */
  Optional<Shape> child(String word) {
    Shape named = children.get(word);
    return Optional.ofNullable(named != null ? named : children.get("*"));
  }

  /** The words that may stand here, without the wildcard. */
  List<String> words() {
    return children.keySet().stream().filter(w -> !w.equals("*")).sorted().toList();
  }
}
