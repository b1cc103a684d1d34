package org.longwire.plugins.host.child;

import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

/** Makes values of any type that has a form, by guessing until the constructors are content. */
final class RandomValues {
  private static final int GUESSES = 10_000;
  private static final List<String> WORDS = List.of(
      "",
      "hello",
      "Grüße ✅ 🦘",
      "0a1b2c",
      "!room:example.org",
      "$event",
      "@ann:example.org",
      "0 8 * * 1-5",
      "map.png",
      "image/png",
      "weather");

  private final Random random;

  RandomValues(Random random) {
    this.random = random;
  }

  Object of(ValueType type) {
    Class<?> raw = type.raw();
    if (raw == Object.class) {
      return of(new ValueType(RecordForm.OPEN.get(random.nextInt(6)), List.of()));
    } else if (raw == List.class) {
      return all(type.argument(0));
    } else if (raw == Set.class) {
      return new LinkedHashSet<>(all(type.argument(0)));
    } else if (raw == Map.class) {
      return Map.of("key", of(type.argument(1)));
    } else if (raw == Optional.class) {
      return random.nextBoolean() ? Optional.empty() : Optional.of(of(type.argument(0)));
    } else if (raw.isRecord()) {
      return record(type);
    } else if (raw.isEnum()) {
      return raw.getEnumConstants()[random.nextInt(raw.getEnumConstants().length)];
    } else if (type.isUnion()) {
      List<Class<?>> leaves = type.leaves();
      return of(new ValueType(leaves.get(random.nextInt(leaves.size())), type.arguments()));
    }
    return plain(raw);
  }

  private List<Object> all(ValueType type) {
    List<Object> members = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      members.add(of(type));
    }
    return members;
  }

  private Object record(ValueType type) {
    for (int i = 0; i < GUESSES; i++) {
      Object[] parts = type.components().stream().map(this::of).toArray();
      try {
        return type.shape().constructor().newInstance(parts);
      } catch (InvocationTargetException refused) {
        if (!(refused.getCause() instanceof IllegalArgumentException)) {
          throw new IllegalStateException(refused);
        }
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
    throw new IllegalStateException("no guess makes a " + type);
  }

  private Object plain(Class<?> type) {
    if (type == String.class) {
      return WORDS.get(random.nextInt(WORDS.size()));
    } else if (type == byte[].class) {
      return new byte[] {1, (byte) random.nextInt(), 3};
    } else if (type == boolean.class || type == Boolean.class) {
      return random.nextBoolean();
    } else if (type == int.class || type == Integer.class) {
      return List.of(random.nextInt(20), random.nextInt(1_600), random.nextInt())
          .get(random.nextInt(3));
    } else if (type == long.class || type == Long.class) {
      return random.nextLong() >> random.nextInt(63);
    } else if (type == double.class || type == Double.class) {
      return random.nextDouble() * 160 - 80;
    } else if (type == OptionalInt.class) {
      return random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(random.nextInt());
    } else if (type == OptionalLong.class) {
      return random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextLong());
    } else if (type == OptionalDouble.class) {
      return random.nextBoolean() ? OptionalDouble.empty() : OptionalDouble.of(random.nextDouble());
    } else if (type == Instant.class) {
      return Instant.ofEpochMilli(random.nextLong() >> 20);
    } else if (type == Duration.class) {
      return Duration.ofMillis(random.nextInt(100_000));
    } else if (type == LocalTime.class) {
      return LocalTime.ofSecondOfDay(random.nextInt(86_400));
    } else if (type == URI.class) {
      return URI.create("https://example.org/?q=" + random.nextInt());
    } else if (type == ZoneId.class) {
      return ZoneId.of("Europe/Berlin");
    } else if (type == Path.class) {
      return Path.of("data", "weather");
    }
    throw new IllegalArgumentException("nobody guesses a " + type.getName());
  }
}
