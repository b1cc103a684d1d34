package org.longwire.relay;

import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.longwire.relay.run.JournalFormatter;

/** What goes to the journal while this is open, at the level of a daemon that was told nothing. */
public final class CapturedLog extends Handler implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final JournalFormatter formatter =
      new JournalFormatter(JournalFormatter.Style.JOURNAL, false, ZoneOffset.UTC);
  private final Logger root = Logger.getLogger("");

  public CapturedLog() {
    setLevel(Level.INFO);
    root.addHandler(this);
  }

  @Override
  public void publish(LogRecord record) {
    if (isLoggable(record)) {
      lines.add(formatter.format(record));
    }
  }

  /** One entry for each line. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  public List<String> linesWith(String words) {
    return lines.stream().filter(line -> line.contains(words)).toList();
  }

  @Override
  public void flush() {
    // Nothing is held back.
  }

  @Override
  public void close() {
    root.removeHandler(this);
  }
}
