package org.longwire.radio.sim;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes one protobuf message by hand. The plain verbs leave a zero out, as proto3 does; those that
 * end in {@code Always} write it.
 */
final class WireWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  WireWriter uint(int field, int value) {
    return value == 0 ? this : uintAlways(field, value);
  }

  WireWriter uintAlways(int field, int value) {
    key(field, 0);
    varint(Integer.toUnsignedLong(value));
    return this;
  }

  /** A signed number: ten bytes when negative, as protobuf has it. */
  WireWriter int32(int field, int value) {
    if (value != 0) {
      key(field, 0);
      varint(value);
    }
    return this;
  }

  /** One number of a packed list, whose whole is a field of {@link #bytes}. */
  WireWriter packedInt32(int value) {
    varint(value);
    return this;
  }

  WireWriter bool(int field, boolean value) {
    return value ? uintAlways(field, 1) : this;
  }

  WireWriter fixed(int field, int value) {
    return value == 0 ? this : fixedAlways(field, value);
  }

  WireWriter fixedAlways(int field, int value) {
    key(field, 5);
    for (int i = 0; i < 4; i++) {
      out.write(value >>> (8 * i));
    }
    return this;
  }

  WireWriter floatAlways(int field, float value) {
    return fixedAlways(field, Float.floatToIntBits(value));
  }

  WireWriter bytes(int field, byte[] value) {
    return value.length == 0 ? this : bytesAlways(field, value);
  }

  WireWriter bytesAlways(int field, byte[] value) {
    key(field, 2);
    varint(value.length);
    out.writeBytes(value);
    return this;
  }

  WireWriter text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** A nested message, written also when it is empty. */
  WireWriter message(int field, WireWriter value) {
    return bytesAlways(field, value.toBytes());
  }

  byte[] toBytes() {
    return out.toByteArray();
  }

  private void key(int field, int type) {
    varint((long) field << 3 | type);
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
