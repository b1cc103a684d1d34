package org.longwire.relay.config;

import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import java.util.Optional;
import java.util.function.Function;

/** How a value must look, and the reading of it. Pure. */
@FunctionalInterface
interface Form<T> {
  Reading<T> read(ConfigValue value);

  /**
   * What came of it.
   *
   * @param complaint why there is no value, to stand right behind the key; with its cure
   * @param origin where it was written, which in a list is more exact than the key's own place
   */
  record Reading<T>(Optional<T> value, String complaint, ConfigOrigin origin) {
    static <T> Reading<T> of(T value, ConfigValue from) {
      return new Reading<>(Optional.of(value), "", from.origin());
    }

    static <T> Reading<T> misfit(String complaint, ConfigValue from) {
      return new Reading<>(Optional.empty(), complaint, from.origin());
    }

    <U> Reading<U> then(Function<T, Reading<U>> next) {
      return value.map(next).orElseGet(() -> new Reading<>(Optional.empty(), complaint, origin));
    }
  }
}
