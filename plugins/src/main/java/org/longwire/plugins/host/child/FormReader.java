package org.longwire.plugins.host.child;

import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Reads values out of bytes that anybody may have made, see {@link RecordForm}. */
final class FormReader {
  private final ByteBuffer in;
  private int values;

  FormReader(byte[] bytes) {
    this.in = ByteBuffer.wrap(bytes);
  }

  /** Makes sure that nothing is left. */
  void end() throws MalformedFrame {
    if (in.hasRemaining()) {
      throw new MalformedFrame("there is more than a value");
    }
  }

  Object read(ValueType type, int depth) throws MalformedFrame {
    if (depth > RecordForm.MAX_DEPTH || ++values > RecordForm.MAX_VALUES) {
      throw new MalformedFrame("a value is too large");
    }
    try {
      return type.raw() == Object.class ? readOpen(depth + 1) : readMade(type, depth + 1);
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new MalformedFrame("there is no whole %s".formatted(type));
    } catch (RuntimeException e) {
      // A constructor refused it.
      throw new MalformedFrame("there is no such %s: %s".formatted(type, e.getMessage()));
    }
  }

  private Object readOpen(int depth) throws MalformedFrame {
    return read(new ValueType(RecordForm.OPEN.get(in.get()), List.of()), depth);
  }

  private Object readMade(ValueType type, int depth) throws MalformedFrame {
    Class<?> raw = type.raw();
    if (raw == List.class) {
      return Collections.unmodifiableList(readAll(type.argument(0), depth));
    } else if (raw == Set.class) {
      return Collections.unmodifiableSet(new LinkedHashSet<>(readAll(type.argument(0), depth)));
    } else if (raw == Map.class) {
      return readMap(type, depth);
    } else if (raw == Optional.class) {
      List<Object> members = readAll(type.argument(0), depth);
      return members.isEmpty() ? Optional.empty() : Optional.of(members.get(0));
    } else if (raw.isRecord()) {
      return readRecord(type, depth);
    } else if (raw.isEnum()) {
      return raw.getEnumConstants()[in.getShort()];
    } else if (type.isUnion()) {
      return read(new ValueType(type.leaves().get(in.get()), type.arguments()), depth);
    }
    return readPlain(raw);
  }

  private List<Object> readAll(ValueType type, int depth) throws MalformedFrame {
    int size = in.getShort();
    if (size < 0 || size > RecordForm.MAX_MEMBERS) {
      throw new MalformedFrame("a collection is too large");
    }
    List<Object> members = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      members.add(read(type, depth));
    }
    return members;
  }

  private Map<String, Object> readMap(ValueType type, int depth) throws MalformedFrame {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Object key : readAll(new ValueType(String.class, List.of()), depth)) {
      map.put((String) key, read(type.argument(1), depth));
    }
    return Collections.unmodifiableMap(map);
  }

  private Object readRecord(ValueType type, int depth) throws MalformedFrame {
    List<Object> components = new ArrayList<>();
    for (ValueType component : type.components()) {
      components.add(read(component, depth));
    }
    try {
      return type.shape().constructor().newInstance(components.toArray());
    } catch (InvocationTargetException e) {
      throw new MalformedFrame(
          "there is no such %s: %s".formatted(type, e.getCause().getMessage()));
    } catch (InstantiationException | IllegalAccessException e) {
      throw new IllegalStateException("a record can be made", e);
    }
  }

  private Object readPlain(Class<?> type) throws MalformedFrame {
    if (type == String.class) {
      return readText();
    } else if (type == byte[].class) {
      return readBytes();
    } else if (type == boolean.class || type == Boolean.class) {
      return in.get() != 0;
    } else if (type == int.class || type == Integer.class) {
      return in.getInt();
    } else if (type == long.class || type == Long.class) {
      return in.getLong();
    } else if (type == double.class || type == Double.class) {
      return in.getDouble();
    } else if (type == OptionalInt.class) {
      boolean isPresent = in.get() != 0;
      int number = in.getInt();
      return isPresent ? OptionalInt.of(number) : OptionalInt.empty();
    } else if (type == OptionalLong.class) {
      boolean isPresent = in.get() != 0;
      long number = in.getLong();
      return isPresent ? OptionalLong.of(number) : OptionalLong.empty();
    } else if (type == OptionalDouble.class) {
      boolean isPresent = in.get() != 0;
      double number = in.getDouble();
      return isPresent ? OptionalDouble.of(number) : OptionalDouble.empty();
    } else if (type == Instant.class) {
      return Instant.ofEpochSecond(in.getLong(), in.getInt());
    } else if (type == Duration.class) {
      return Duration.ofSeconds(in.getLong(), in.getInt());
    } else if (type == LocalTime.class) {
      return LocalTime.ofNanoOfDay(in.getLong());
    } else if (type == URI.class) {
      return URI.create(readText());
    } else if (type == ZoneId.class) {
      return ZoneId.of(readText());
    } else if (type == Path.class) {
      return Path.of(readText());
    }
    throw new MalformedFrame("there is no form for a " + type.getName());
  }

  private String readText() throws MalformedFrame {
    return new String(readBytes(), StandardCharsets.UTF_8);
  }

  private byte[] readBytes() throws MalformedFrame {
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new MalformedFrame("there is less than announced");
    }
    byte[] content = new byte[length];
    in.get(content);
    return content;
  }
}
