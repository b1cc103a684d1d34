package org.longwire.plugins.host.child;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;

/** Values through a pair of streams, each behind its length. One thread at a time. */
final class FramePipe {
  private final DataInputStream in;
  private final DataOutputStream out;

  FramePipe(InputStream in, OutputStream out) {
    this.in = new DataInputStream(in);
    this.out = new DataOutputStream(new BufferedOutputStream(out));
  }

  /** @throws IllegalArgumentException if it cannot be sent; nothing has been then */
  void write(Type type, Object value) throws IOException {
    byte[] bytes = RecordForm.encode(type, value);
    if (bytes.length > RecordForm.MAX_BYTES) {
      throw new IllegalArgumentException("a value is too large");
    }
    out.writeInt(bytes.length);
    out.write(bytes);
    out.flush();
  }

  /** @throws EOFException if the other end is gone */
  Object read(Type type) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > RecordForm.MAX_BYTES) {
      throw new MalformedFrame("a frame has %d bytes".formatted(length));
    }
    return RecordForm.decode(type, readFully(length));
  }

  /** Reads bytes that are no frame. */
  byte[] readFully(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the pipe ends within a frame");
    }
    return bytes;
  }

  /** Where bytes that are no frame are written. */
  OutputStream raw() {
    return out;
  }
}
