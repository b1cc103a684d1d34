package org.longwire.plugins.host.child;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes values, see {@link RecordForm}. What cannot be written is an argument to be refused. */
final class FormWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);
  private int values;

  byte[] bytes() {
    return bytes.toByteArray();
  }

  void write(ValueType type, @Nullable Object value, int depth) {
    Class<?> raw = type.raw();
    if (!raw.isInstance(value) && !(raw.isPrimitive() && value != null)) {
      throw new IllegalArgumentException(
          "where %s is expected there is %s".formatted(raw.getSimpleName(), nameOf(value)));
    }
    if (depth > RecordForm.MAX_DEPTH
        || ++values > RecordForm.MAX_VALUES
        || out.size() > RecordForm.MAX_BYTES) {
      throw new IllegalArgumentException("a value is too large");
    }
    try {
      if (raw == Object.class) {
        writeOpen(value, depth + 1);
      } else if (!writePlain(value)) {
        writeMade(type, value, depth + 1);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void writeMade(ValueType type, Object value, int depth) throws IOException {
    Class<?> raw = type.raw();
    if (raw == List.class || raw == Set.class) {
      writeAll(type.argument(0), (Collection<?>) value, depth);
    } else if (raw == Map.class) {
      writeMap(type, (Map<?, ?>) value, depth);
    } else if (raw == Optional.class) {
      writeAll(type.argument(0), ((Optional<?>) value).stream().toList(), depth);
    } else if (raw.isRecord()) {
      writeRecord(type, value, depth);
    } else if (raw.isEnum()) {
      out.writeShort(((Enum<?>) value).ordinal());
    } else if (type.isUnion()) {
      List<Class<?>> leaves = type.leaves();
      Class<?> leaf = value instanceof Enum<?> word ? word.getDeclaringClass() : value.getClass();
      out.writeByte(leaves.indexOf(leaf));
      write(new ValueType(leaf, type.arguments()), value, depth);
    } else {
      throw new IllegalArgumentException("there is no form for a " + raw.getName());
    }
  }

  private static String nameOf(@Nullable Object value) {
    return value == null ? "nothing" : value.getClass().getSimpleName();
  }

  private void writeOpen(Object value, int depth) throws IOException {
    for (int i = 0; i < RecordForm.OPEN.size(); i++) {
      if (RecordForm.OPEN.get(i).isInstance(value)) {
        out.writeByte(i);
        write(new ValueType(RecordForm.OPEN.get(i), List.of()), value, depth);
        return;
      }
    }
    throw new IllegalArgumentException(
        "there is no form for a " + value.getClass().getName());
  }

  private void writeAll(ValueType type, Collection<?> members, int depth) throws IOException {
    if (members.size() > RecordForm.MAX_MEMBERS) {
      throw new IllegalArgumentException("a collection has at most %d members, not %d"
          .formatted(RecordForm.MAX_MEMBERS, members.size()));
    }
    out.writeShort(members.size());
    for (Object member : members) {
      write(type, member, depth);
    }
  }

  private void writeMap(ValueType type, Map<?, ?> map, int depth) throws IOException {
    List<Object> keys = List.copyOf(map.keySet());
    writeAll(new ValueType(String.class, List.of()), keys, depth);
    for (Object key : keys) {
      write(type.argument(1), map.get(key), depth);
    }
  }

  private void writeRecord(ValueType type, Object value, int depth) {
    ValueType.Shape shape = type.shape();
    List<ValueType> components = type.components();
    try {
      for (int i = 0; i < components.size(); i++) {
        write(components.get(i), shape.accessors().get(i).invoke(value), depth);
      }
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalArgumentException("a %s cannot be read".formatted(type), e);
    }
  }

  /** Whether it was something without parts. */
  private boolean writePlain(Object value) throws IOException {
    if (value instanceof String text) {
      writeBytes(text.getBytes(StandardCharsets.UTF_8));
    } else if (value instanceof byte[] content) {
      writeBytes(content);
    } else if (value instanceof Boolean flag) {
      out.writeBoolean(flag);
    } else if (value instanceof Integer number) {
      out.writeInt(number);
    } else if (value instanceof Long number) {
      out.writeLong(number);
    } else if (value instanceof Double number) {
      out.writeDouble(number);
    } else if (value instanceof OptionalInt number) {
      out.writeBoolean(number.isPresent());
      out.writeInt(number.orElse(0));
    } else if (value instanceof OptionalLong number) {
      out.writeBoolean(number.isPresent());
      out.writeLong(number.orElse(0));
    } else if (value instanceof OptionalDouble number) {
      out.writeBoolean(number.isPresent());
      out.writeDouble(number.orElse(0));
    } else if (value instanceof Instant time) {
      writeTime(time.getEpochSecond(), time.getNano());
    } else if (value instanceof Duration time) {
      writeTime(time.getSeconds(), time.getNano());
    } else if (value instanceof LocalTime time) {
      out.writeLong(time.toNanoOfDay());
    } else if (value instanceof URI || value instanceof ZoneId || value instanceof Path) {
      writeBytes(value.toString().getBytes(StandardCharsets.UTF_8));
    } else {
      return false;
    }
    return true;
  }

  private void writeTime(long seconds, int nanos) throws IOException {
    out.writeLong(seconds);
    out.writeInt(nanos);
  }

  private void writeBytes(byte[] content) throws IOException {
    out.writeInt(content.length);
    out.write(content);
  }
}
