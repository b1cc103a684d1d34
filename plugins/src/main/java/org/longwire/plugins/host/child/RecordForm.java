package org.longwire.plugins.host.child;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Values as bytes and back, by the type that both ends of a pipe declare: records and sealed
 * interfaces of records, enums, text, numbers, times, addresses, bytes, what is optional, and
 * lists, sets and maps of these. Where a type is open ({@link Object}), text, numbers, durations,
 * lists and maps of text may stand. There are no nulls.
 *
 * <p>The bytes name no class: a reader makes values of the types that it expects and of no others,
 * through the constructors that check them.
 */
public final class RecordForm {
  /** Bytes of one value. */
  static final int MAX_BYTES = 4 * 1024 * 1024;

  /** Values within values. */
  static final int MAX_DEPTH = 32;

  /** Members of one collection; the longest is a list of a plugin's store. */
  static final int MAX_MEMBERS = 10_000;

  /** Values in one value; the most are in a chart of 20 lines with 2,000 points each. */
  static final int MAX_VALUES = 200_000;

  /** What may stand where a type is open, by the number that it is told by. */
  static final List<Class<?>> OPEN = List.of(
      String.class,
      Integer.class,
      Long.class,
      Double.class,
      Boolean.class,
      Duration.class,
      List.class,
      Map.class);

  private RecordForm() {}

  /** @throws IllegalArgumentException if there is no form for the value, or it is too large */
  public static byte[] encode(Type type, Object value) {
    FormWriter writer = new FormWriter();
    writer.write(ValueType.of(type), value, 0);
    return writer.bytes();
  }

  /** @throws MalformedFrame if the bytes are no value of that type */
  public static Object decode(Type type, byte[] bytes) throws MalformedFrame {
    FormReader reader = new FormReader(bytes);
    Object value = reader.read(ValueType.of(type), 0);
    reader.end();
    return value;
  }
}
