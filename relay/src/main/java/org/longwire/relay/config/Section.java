package org.longwire.relay.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.Optional;

/**
 * A part of the configuration being read into a record. Forms have been checked before; a value
 * that did not fit was told then and reads as absent here.
 *
 * @param path how complaints name this part, empty for the whole
 * @param shape the path of the same part among the keys
 * @param place where it begins, to be named for what is missing in it
 */
record Section(
    ConfigObject object, String path, String shape, Place place, ConfigProblems problems) {
  /** What was written, if it was and fits. */
  <T> Optional<T> written(Key<T> key) {
    return find(key)
        .filter(value -> value.valueType() != ConfigValueType.NULL)
        .flatMap(value -> key.form().read(value).value());
  }

  /** What was written, else the default. */
  <T> T get(Key<T> key) {
    return written(key)
        .or(key::standard)
        .orElseThrow(() -> new IllegalStateException(key.path() + " has no default"));
  }

  /** What must be written; its absence is a problem. */
  <T> Optional<T> require(Key<T> key, String cure) {
    if (find(key).isEmpty()) {
      problems.error(placeOf(key), name(key), " is missing; " + cure);
    }
    return written(key);
  }

  boolean has(Key<?> key) {
    return find(key).isPresent();
  }

  /** The key as complaints name it. */
  String name(Key<?> key) {
    return path.isEmpty() ? key.path() : path + "." + relative(key);
  }

  /** Where the key was written, else where the nearest section around it begins. */
  Place placeOf(Key<?> key) {
    Place nearest = place;
    ConfigValue at = object;
    for (String word : relative(key).split("\\.")) {
      if (!(at instanceof ConfigObject section) || section.get(word) == null) {
        return nearest;
      }
      at = section.get(word);
      nearest = Place.of(at.origin(), nearest);
    }
    return nearest;
  }

  void error(Key<?> key, String words) {
    problems.error(placeOf(key), name(key), words);
  }

  void warning(Key<?> key, String words) {
    problems.warning(placeOf(key), name(key), words);
  }

  private Optional<ConfigValue> find(Key<?> key) {
    ConfigValue at = object;
    for (String word : relative(key).split("\\.")) {
      if (!(at instanceof ConfigObject section) || section.get(word) == null) {
        return Optional.empty();
      }
      at = section.get(word);
    }
    return Optional.of(at);
  }

  private String relative(Key<?> key) {
    return shape.isEmpty() ? key.path() : key.path().substring(shape.length() + 1);
  }
}
