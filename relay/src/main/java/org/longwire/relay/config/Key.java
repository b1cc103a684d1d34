package org.longwire.relay.config;

import java.util.Optional;

/**
 * A key of the configuration.
 *
 * @param path where it stands; {@code *} is any name, {@code []} any element
 * @param fallback its default in HOCON; empty if there is none
 * @param built whether anything heeds it in this version
 */
record Key<T>(String path, Form<T> form, Optional<String> fallback, boolean built) {
  static <T> Key<T> of(String path, Form<T> form, String fallback) {
    return new Key<>(path, form, Optional.of(fallback), true);
  }

  static <T> Key<T> withoutDefault(String path, Form<T> form) {
    return new Key<>(path, form, Optional.empty(), true);
  }

  /** A key whose work is still to come. */
  static <T> Key<T> planned(String path, Form<T> form, String fallback) {
    return new Key<>(path, form, Optional.of(fallback), false);
  }

  /** The last word of the path. */
  String name() {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
