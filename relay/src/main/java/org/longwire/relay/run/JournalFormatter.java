package org.longwire.relay.run;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * One line for each record, whatever strangers wrote into it. For the journal the line begins with
 * the priority as {@code <N>} and has no time, which the journal adds; for people it begins with
 * the time.
 *
 * <p>SLF4J's error, warn, info, debug and trace arrive here as SEVERE, WARNING, INFO, FINE and
 * FINEST, and become the priorities 3, 4, 6, 7 and 7.
 */
public final class JournalFormatter extends Formatter {
  /** Frames shown of a stack trace; the upper ones tell where. */
  static final int MAX_FRAMES = 20;

  private static final int MAX_CAUSES = 5;
  private static final String RED = "\u001b[31m";
  private static final String YELLOW = "\u001b[33m";
  private static final String GREY = "\u001b[90m";
  private static final String PLAIN = "\u001b[0m";

  private final Style style;
  private final boolean traces;
  private final DateTimeFormatter time;

  /** Who reads. */
  public enum Style {
    JOURNAL,
    PLAIN,
    COLOUR
  }

  /**
   * @param traces whether stack traces are shown below SEVERE too; there they are always shown, as
   *     only bugs are logged so with an exception
   */
  public JournalFormatter(Style style, boolean traces, ZoneId zone) {
    this.style = style;
    this.traces = traces;
    this.time = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(zone);
  }

  @Override
  public String format(LogRecord record) {
    StringBuilder line = new StringBuilder();
    if (style == Style.JOURNAL) {
      line.append('<').append(priority(record.getLevel())).append('>');
    } else {
      line.append(time.format(record.getInstant())).append(' ');
      line.append(paint(record.getLevel())).append(word(record.getLevel()));
      line.append(style == Style.COLOUR ? PLAIN : "").append(' ');
    }
    String logger = String.valueOf(record.getLoggerName());
    line.append(logger.substring(logger.lastIndexOf('.') + 1)).append(": ");
    escape(formatMessage(record), line);
    if (record.getThrown() != null) {
      thrown(record.getThrown(), showsTrace(record), line);
    }
    return line.append('\n').toString();
  }

  /** The syslog priority, 0 (worst) to 7. */
  static int priority(Level level) {
    if (level.intValue() >= Level.SEVERE.intValue()) {
      return 3;
    }
    if (level.intValue() >= Level.WARNING.intValue()) {
      return 4;
    }
    return level.intValue() >= Level.INFO.intValue() ? 6 : 7;
  }

  private boolean showsTrace(LogRecord record) {
    return traces || record.getLevel().intValue() >= Level.SEVERE.intValue();
  }

  private static String word(Level level) {
    return switch (priority(level)) {
      case 3 -> "ERROR";
      case 4 -> "WARN ";
      case 6 -> "INFO ";
      default -> "DEBUG";
    };
  }

  private String paint(Level level) {
    if (style != Style.COLOUR) {
      return "";
    }
    return switch (priority(level)) {
      case 3 -> RED;
      case 4 -> YELLOW;
      case 6 -> "";
      default -> GREY;
    };
  }

  private static void thrown(Throwable thrown, boolean trace, StringBuilder line) {
    Throwable at = thrown;
    for (int depth = 0; at != null && depth < MAX_CAUSES; depth++, at = at.getCause()) {
      line.append(depth == 0 ? " (" : "; because of ").append(at.getClass().getSimpleName());
      if (at.getMessage() != null) {
        escape(": " + at.getMessage(), line);
      }
      StackTraceElement[] frames = at.getStackTrace();
      for (int i = 0; trace && i < Math.min(MAX_FRAMES, frames.length); i++) {
        line.append(i == 0 ? " at " : " < ");
        escape(frame(frames[i]), line);
      }
    }
    line.append(')');
  }

  private static String frame(StackTraceElement frame) {
    String type = frame.getClassName();
    return type.substring(type.lastIndexOf('.') + 1) + "." + frame.getMethodName() + ":"
        + frame.getLineNumber();
  }

  /** Whatever could end the line, move the cursor or turn the text around is shown as a number. */
  private static void escape(String text, StringBuilder line) {
    text.codePoints().forEach(c -> {
      if (c == '\n') {
        line.append("\\n");
      } else if (Glyphs.isUnsafe(c)) {
        line.append("\\u%04x".formatted(c));
      } else {
        line.appendCodePoint(c);
      }
    });
  }
}
