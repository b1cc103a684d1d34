package org.longwire.plugins.host;

import org.longwire.plugins.api.PluginLog;

/** A plugin's lines in the journal: named, cleaned, and not too many; the rest is counted. */
final class LentLog implements PluginLog {
  /** Characters of a line. */
  static final int LENGTH = 500;

  private final String id;
  private final PluginServices services;
  private final CallThread thread;
  private final TokenBucket bucket;
  private long left;

  LentLog(String id, PluginServices services, CallThread thread, TokenBucket bucket) {
    this.id = id;
    this.services = services;
    this.thread = thread;
    this.bucket = bucket;
  }

  @Override
  public void debug(String line) {
    write("DEBUG", line);
  }

  @Override
  public void info(String line) {
    write("INFO", line);
  }

  @Override
  public void warn(String line) {
    write("WARN", line);
  }

  private void write(String level, String line) {
    thread.check();
    if (!bucket.take(1).isZero()) {
      left++;
      return;
    }
    if (left > 0) {
      services.log("WARN", "%s: left out %d lines, as there were too many".formatted(id, left));
      left = 0;
    }
    services.log(level, id + ": " + clean(line));
  }

  /** One line without anything that a terminal would obey. */
  static String clean(String line) {
    String cut = line.length() > LENGTH ? line.substring(0, LENGTH) + "…" : line;
    return cut.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]", "?");
  }
}
