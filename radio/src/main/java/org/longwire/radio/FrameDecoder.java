package org.longwire.radio;

/**
 * Cuts a node's bytes into frames and lines of console text (reference: meshtastic.md §1.2). A pure
 * state machine: no clock, no log, no exception for any input, and the same events however the
 * bytes are cut. Not for several threads.
 *
 * <p>Whatever begins like a frame and is none (too long, torn, text written into it) loses only its
 * first byte, which becomes text; the search goes on at the second. So nothing that follows is
 * lost, and every position is tried once at most.
 */
public final class FrameDecoder {
  /** Takes what was found. */
  public interface Sink {
    /**
     * A candidate of 0 to {@link FrameEncoder#MAX_PAYLOAD} bytes.
     *
     * @return whether it makes sense; if not, its bytes are searched for frames once more
     */
    boolean frame(byte[] payload);

    /** A line of console text, without its end and without ANSI escapes; not empty. */
    void text(String line);
  }

  private static final int LONGEST_FRAME = FrameEncoder.HEADER + FrameEncoder.MAX_PAYLOAD;
  private static final int NONE = -1;
  private static final int INCOMPLETE = 0;

  /** The beginning of a frame that is not complete yet: {@code begun} bytes of it. */
  private final byte[] window = new byte[LONGEST_FRAME];

  private final ConsoleText text = new ConsoleText();
  private int begun;

  /** Takes {@code length} bytes as they came. */
  public void feed(byte[] bytes, int offset, int length, Sink sink) {
    int next = offset;
    int end = offset + length;
    while (next < end) {
      int taken = Math.min(end - next, LONGEST_FRAME - begun);
      System.arraycopy(bytes, next, window, begun, taken);
      begun += taken;
      next += taken;
      search(false, sink);
    }
  }

  /** Whether a frame or a line has begun and not ended. */
  public boolean isWaiting() {
    return begun > 0 || text.hasBegun();
  }

  /**
   * Nothing has come for a while: what began like a frame is text, save the frames inside it, and
   * the line ends here.
   */
  public void stalled(Sink sink) {
    search(true, sink);
    text.end(sink);
  }

  private void search(boolean noMoreComes, Sink sink) {
    int at = 0;
    while (at < begun) {
      int size = frameAt(at);
      if (size == INCOMPLETE && !noMoreComes) {
        break;
      }
      if (size > 0 && isAccepted(at, size, sink)) {
        at += size;
      } else {
        text.add(window[at], sink);
        at++;
      }
    }
    System.arraycopy(window, at, window, 0, begun - at);
    begun -= at;
  }

  /** The size of the whole frame that begins there, or {@link #NONE} or {@link #INCOMPLETE}. */
  private int frameAt(int at) {
    int available = begun - at;
    if (window[at] != FrameEncoder.START_1) {
      return NONE;
    }
    if (available > 1 && window[at + 1] != FrameEncoder.START_2) {
      return NONE;
    }
    if (available < FrameEncoder.HEADER) {
      return INCOMPLETE;
    }
    int length = (window[at + 2] & 0xFF) << 8 | window[at + 3] & 0xFF;
    if (length > FrameEncoder.MAX_PAYLOAD) {
      return NONE;
    }
    int size = FrameEncoder.HEADER + length;
    return size <= available ? size : INCOMPLETE;
  }

  private boolean isAccepted(int at, int size, Sink sink) {
    byte[] payload = new byte[size - FrameEncoder.HEADER];
    System.arraycopy(window, at + FrameEncoder.HEADER, payload, 0, payload.length);
    return sink.frame(payload);
  }
}
