package org.longwire.radio;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Collects the bytes between frames into lines. */
final class ConsoleText {
  /** A longer line is cut here, in bytes: a console that never ends a line must not fill memory. */
  static final int MAX_LINE = 4096;

  private static final int FIRST_ROOM = 128;
  private static final Pattern ANSI = Pattern.compile("\u001b\\[[0-9;?]*[ -/]*[@-~]");

  private byte[] line = new byte[FIRST_ROOM];
  private int length;

  void add(byte next, FrameDecoder.Sink sink) {
    if (next == '\n' || next == '\r') {
      end(sink);
      return;
    }
    if (length == line.length) {
      line = Arrays.copyOf(line, 2 * length);
    }
    line[length++] = next;
    if (length == MAX_LINE) {
      end(sink);
    }
  }

  boolean hasBegun() {
    return length > 0;
  }

  void end(FrameDecoder.Sink sink) {
    if (length == 0) {
      return;
    }
    String words = new String(line, 0, length, StandardCharsets.UTF_8);
    length = 0;
    if (words.indexOf('\u001b') >= 0) {
      words = ANSI.matcher(words).replaceAll("");
    }
    if (!words.isBlank()) {
      sink.text(words);
    }
  }
}
