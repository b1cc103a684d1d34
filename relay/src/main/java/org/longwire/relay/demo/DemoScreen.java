package org.longwire.relay.demo;

import java.io.PrintWriter;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Prints what happens, a line each, with its time and its side. Any thread. */
final class DemoScreen {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.S");

  /** Of a terminal; nothing else is shown a line below. */
  private static final String ERASE = "\r\u001b[K";

  private final PrintWriter out;
  private final boolean colour;
  private String lastLine = "";
  private boolean ended;

  /** Who speaks, in the column on the left. */
  enum Side {
    MESH("mesh", "\u001b[32m"),
    ROOM("room", "\u001b[36m"),
    DAEMON("daemon", "\u001b[2m"),
    DEMO("", "\u001b[33m");

    private final String label;
    private final String paint;

    Side(String label, String paint) {
      this.label = label;
      this.paint = paint;
    }
  }

  DemoScreen(PrintWriter out, boolean colour) {
    this.out = out;
    this.colour = colour;
  }

  synchronized void show(Side side, String line) {
    if (ended) {
      return;
    }
    String text = "%s  %-7s%s".formatted(TIME.format(LocalTime.now()), side.label, line);
    plain(colour ? side.paint + text + "\u001b[0m" : text);
  }

  /** What still happens while all is closed would only stand behind the last word. */
  synchronized void end() {
    ended = true;
  }

  /** The last word: no time, no side. */
  synchronized void plain(String line) {
    if (!lastLine.isEmpty()) {
      out.print(ERASE);
    }
    out.println(line);
    out.print(lastLine);
    out.flush();
  }

  /** What stays below everything else until it is replaced: the line that a person is typing. */
  synchronized void below(String line) {
    out.print(ERASE);
    out.print(line);
    out.flush();
    lastLine = line;
  }

  /** Shows what the daemon and plugins have to say, and keeps the rest of the log away. */
  void showDaemonsWords() {
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    root.addHandler(new Words());
  }

  private final class Words extends Handler {
    @Override
    public void publish(LogRecord entry) {
      String logger = String.valueOf(entry.getLoggerName());
      String line = String.valueOf(entry.getMessage());
      if (logger.startsWith("plugin.")) {
        show(Side.DAEMON, logger + ": " + line);
      } else if (logger.equals("longwire")
          || entry.getLevel().intValue() >= Level.SEVERE.intValue()) {
        show(Side.DAEMON, line);
      }
    }

    @Override
    public void flush() {
      out.flush();
    }

    @Override
    public void close() {
      flush();
    }
  }
}
