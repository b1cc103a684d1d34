package org.longwire.plugins.host.child;

import java.io.IOException;
import java.io.OutputStream;

/** Passes on so much of what a plugin prints as is worth keeping, and swallows the rest. */
final class BoundedOutput extends OutputStream {
  static final int MAX_BYTES = 64 * 1024;

  private final OutputStream out;
  private int left = MAX_BYTES;

  BoundedOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) throws IOException {
    int some = Math.min(length, left);
    out.write(bytes, from, some);
    left -= some;
  }
}
