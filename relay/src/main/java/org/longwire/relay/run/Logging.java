package org.longwire.relay.run;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Sets up what is logged, to standard error. Called once at the start, before anything logs. */
public final class Logging {
  private static final String MANAGER = "java.util.logging.manager";

  static {
    // Before the first logger of the process, or it is too late; the launcher sets it as well.
    if (System.getProperty(MANAGER) == null) {
      System.setProperty(MANAGER, SteadyLogManager.class.getName());
    }
  }

  /**
   * Libraries that never speak below a warning, not even at debug: their debug output would show
   * tokens and the texts of messages.
   */
  private static final List<Logger> LIBRARIES =
      List.of(Logger.getLogger("org.eclipse.jetty"), Logger.getLogger("org.sqlite"));

  /**
   * Libraries that tell of a server that is away with pages of traces: we say it in one sentence.
   */
  private static final List<Logger> SILENT =
      List.of(Logger.getLogger("com.zaxxer.hikari"), Logger.getLogger("org.mariadb.jdbc"));

  /** Debug is for these alone: the Java machine itself has a lot to say there. */
  private static final List<Logger> OURS =
      List.of(Logger.getLogger("longwire"), Logger.getLogger("org.longwire"));

  private Logging() {}

  /**
   * Sets the level and the form.
   *
   * @param level SEVERE, WARNING, INFO or FINE (debug)
   * @param environment {@code JOURNAL_STREAM}, {@code NO_COLOR} and {@code TERM} count
   */
  public static void configure(Level level, Map<String, String> environment) {
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    JournalFormatter.Style style = style(environment, isTerminal());
    boolean traces = level.intValue() <= Level.FINE.intValue();
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.err), false, StandardCharsets.UTF_8);
    Handler handler = new LineHandler(out);
    handler.setFormatter(new JournalFormatter(style, traces, ZoneId.systemDefault()));
    handler.setLevel(Level.ALL);
    root.setLevel(level.intValue() > Level.INFO.intValue() ? level : Level.INFO);
    OURS.forEach(ours -> ours.setLevel(level));
    root.addHandler(handler);
    silence();
  }

  /** Keeps libraries from speaking for us; for whoever sets up nothing else. */
  public static void silence() {
    LIBRARIES.forEach(library -> library.setLevel(Level.WARNING));
    SILENT.forEach(library -> library.setLevel(Level.OFF));
  }

  /** For a command that answers and ends: a warning is one sentence, like all that it says. */
  public static void forCommand() {
    for (Handler handler : Logger.getLogger("").getHandlers()) {
      handler.setFormatter(new Formatter() {
        @Override
        public String format(LogRecord entry) {
          return "longwire: " + Glyphs.printable(formatMessage(entry), "�")
              + System.lineSeparator();
        }
      });
      handler.setLevel(Level.WARNING);
    }
  }

  static JournalFormatter.Style style(Map<String, String> environment, boolean terminal) {
    if (environment.containsKey("JOURNAL_STREAM") && !terminal) {
      return JournalFormatter.Style.JOURNAL;
    }
    boolean colour = terminal
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    return colour ? JournalFormatter.Style.COLOUR : JournalFormatter.Style.PLAIN;
  }

  /** Whether standard error is a terminal; {@code System.console()} asks about the other two. */
  private static boolean isTerminal() {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /**
   * A log manager that does not fall silent when the process begins to end: the JDK's own takes all
   * handlers away then, while the daemon still closes and has things to say. Takes effect if this
   * class is loaded before the first logger is made.
   */
  public static final class SteadyLogManager extends LogManager {
    @Override
    public void reset() {
      // The handlers stay; there is nothing in them to close.
    }
  }

  /** Writes each record at once and whole. */
  static final class LineHandler extends Handler {
    private final PrintStream out;

    LineHandler(PrintStream out) {
      this.out = out;
    }

    @Override
    public synchronized void publish(LogRecord record) {
      if (isLoggable(record)) {
        out.print(getFormatter().format(record));
        out.flush();
      }
    }

    @Override
    public void flush() {
      out.flush();
    }

    @Override
    public void close() {
      out.flush();
    }
  }
}
