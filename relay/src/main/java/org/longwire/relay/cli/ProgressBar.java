package org.longwire.relay.cli;

import java.io.PrintWriter;
import java.util.Optional;
import org.longwire.relay.store.FileTools;

/** Shows on a terminal that long work goes on; says nothing elsewhere. */
final class ProgressBar implements FileTools.Progress, AutoCloseable {
  private static final int WIDTH = 30;
  private static final String TURNS = "|/-\\";
  private static final long NANOS_BETWEEN = 100_000_000;

  private final String what;
  private final PrintWriter out;
  private final boolean shown;
  private long lastNanos;
  private int turn;

  /** @param shown whether there is a terminal to show it on */
  ProgressBar(String what, PrintWriter out, boolean shown) {
    this.what = what;
    this.out = out;
    this.shown = shown;
    this.lastNanos = System.nanoTime() - NANOS_BETWEEN;
  }

  @Override
  public void at(Optional<Double> share) {
    long now = System.nanoTime();
    if (shown && now - lastNanos >= NANOS_BETWEEN) {
      lastNanos = now;
      out.print("\r" + line(share));
      out.flush();
    }
  }

  private String line(Optional<Double> share) {
    turn = (turn + 1) % TURNS.length();
    if (share.isEmpty()) {
      return "%s %c ".formatted(what, TURNS.charAt(turn));
    }
    int done = (int) Math.round(share.get() * WIDTH);
    return "%s [%s%s] %3d %% "
        .formatted(what, "#".repeat(done), ".".repeat(WIDTH - done), Math.round(share.get() * 100));
  }

  /** Wipes the line. */
  @Override
  public void close() {
    if (shown) {
      out.print("\r\u001b[K");
      out.flush();
    }
  }
}
