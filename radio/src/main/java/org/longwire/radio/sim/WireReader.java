package org.longwire.radio.sim;

import java.util.Arrays;

/**
 * Reads one protobuf message field by field. Written by hand on purpose: the simulator must not
 * share a codec with the client that it tests.
 *
 * <pre>{@code
 * while (reader.next()) {
 *   switch (reader.field()) { case 1 -> from = reader.int32(); default -> reader.skip(); }
 * }
 * }</pre>
 */
final class WireReader {
  /** Bytes that are no protobuf message. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String sentence) {
      super(sentence);
    }
  }

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private final byte[] bytes;
  private int at;
  private int field;
  private int type;

  WireReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Moves to the next field; the value of the former one must have been taken or skipped. */
  boolean next() throws Malformed {
    if (at >= bytes.length) {
      return false;
    }
    long key = varint();
    field = (int) (key >>> 3);
    type = (int) (key & 7);
    if (field == 0 || key >>> 35 != 0) {
      throw new Malformed("field number out of range");
    }
    return true;
  }

  int field() {
    return field;
  }

  boolean isBytes() {
    return type == BYTES;
  }

  /** A number of 32 bits in whichever form it came. */
  int int32() throws Malformed {
    return (int) int64();
  }

  long int64() throws Malformed {
    return switch (type) {
      case VARINT -> varint();
      case FIXED32 -> little(4);
      case FIXED64 -> little(8);
      default -> throw new Malformed("field " + field + " is no number");
    };
  }

  boolean bool() throws Malformed {
    return int64() != 0;
  }

  float float32() throws Malformed {
    return Float.intBitsToFloat(int32());
  }

  byte[] bytes() throws Malformed {
    if (type != BYTES) {
      throw new Malformed("field " + field + " is not bytes");
    }
    long length = varint();
    if (length < 0 || length > bytes.length - at) {
      throw new Malformed("field " + field + " is longer than its message");
    }
    int start = at;
    at += (int) length;
    return Arrays.copyOfRange(bytes, start, at);
  }

  WireReader message() throws Malformed {
    return new WireReader(bytes());
  }

  void skip() throws Malformed {
    if (type == BYTES) {
      bytes();
    } else {
      int64();
    }
  }

  private long varint() throws Malformed {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at >= bytes.length) {
        throw new Malformed("the message ends inside a number");
      }
      byte piece = bytes[at++];
      value |= (long) (piece & 0x7F) << shift;
      if (piece >= 0) {
        return value;
      }
    }
    throw new Malformed("a number of more than 64 bits");
  }

  private long little(int size) throws Malformed {
    if (size > bytes.length - at) {
      throw new Malformed("the message ends inside a number");
    }
    long value = 0;
    for (int i = 0; i < size; i++) {
      value |= (long) (bytes[at++] & 0xFF) << (8 * i);
    }
    return value;
  }
}
