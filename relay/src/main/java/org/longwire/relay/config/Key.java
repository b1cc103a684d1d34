package org.longwire.relay.config;

import com.typesafe.config.ConfigFactory;
import java.util.Optional;

/**
 * A key of the configuration.
 *
 * @param path where it stands; {@code *} is any name, {@code []} any element
 * @param fallback its default in HOCON, as people write it; empty if there is none
 * @param standard the same as a value
 */
record Key<T>(String path, Form<T> form, Optional<String> fallback, Optional<T> standard) {
  static <T> Key<T> of(String path, Form<T> form, String fallback) {
    return new Key<>(path, form, Optional.of(fallback), read(form, fallback));
  }

  static <T> Key<T> withoutDefault(String path, Form<T> form) {
    return new Key<>(path, form, Optional.empty(), Optional.empty());
  }

  private static <T> Optional<T> read(Form<T> form, String fallback) {
    return form.read(ConfigFactory.parseString("x = " + fallback).getValue("x")).value();
  }

  /** The last word of the path. */
  String name() {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
