package org.longwire.relay.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.longwire.relay.run.JournalFormatter.Style;

class JournalFormatterTest {
  @Test
  void theJournalGetsThePriorityAndNoTime() {
    assertEquals("<6>SerialLink: opened\n", journal(Level.INFO, "opened"));
    assertEquals("<4>SerialLink: slow\n", journal(Level.WARNING, "slow"));
    assertEquals("<3>SerialLink: broken\n", journal(Level.SEVERE, "broken"));
    assertEquals("<7>SerialLink: bytes\n", journal(Level.FINE, "bytes"));
  }

  @Test
  void peopleGetTheTime() {
    LogRecord record = record(Level.WARNING, "slow");
    assertEquals(
        "2026-11-20 08:30:00 WARN  SerialLink: slow\n", formatter(Style.PLAIN).format(record));
  }

  @Test
  void coloursStandOnlyWhereTheyAreWanted() {
    LogRecord record = record(Level.SEVERE, "broken");
    assertTrue(formatter(Style.COLOUR).format(record).contains("\u001b[31mERROR\u001b[0m"));
    assertFalse(formatter(Style.PLAIN).format(record).contains("\u001b"));
  }

  @Test
  void aStrangersTextStaysOneHarmlessLine() {
    assertEquals(
        "<6>SerialLink: a\\n<0>b\\u000d\\u001b[2J\\u202e\\u2028c\ud83d\udc4d\\ud83dé\n",
        journal(Level.INFO, "a\n<0>b\r\u001b[2J\u202e\u2028c\ud83d\udc4d\ud83dé"));
  }

  @Test
  void aTextWithBracesIsNoPattern() {
    assertEquals("<6>SerialLink: {0} '{1}'\n", journal(Level.INFO, "{0} '{1}'"));
  }

  @Test
  void anOperatingFailureIsNamedWithoutItsTrace() {
    LogRecord record = record(Level.WARNING, "cannot open");
    record.setThrown(new IllegalStateException("gone\naway", new RuntimeException("cable")));
    assertEquals(
        "<4>SerialLink: cannot open (IllegalStateException: gone\\naway;"
            + " because of RuntimeException: cable)\n",
        formatter(Style.JOURNAL).format(record));
  }

  @Test
  void aBugShowsItsTraceInTheSameLine() {
    LogRecord record = record(Level.SEVERE, "bridge ended");
    record.setThrown(new IllegalStateException("no"));
    String line = formatter(Style.JOURNAL).format(record);
    assertTrue(line.contains("(IllegalStateException: no at JournalFormatterTest.aBug"), line);
    assertEquals(line.length() - 1, line.indexOf('\n'));
  }

  @Test
  void atDebugEveryFailureShowsItsTrace() {
    LogRecord record = record(Level.WARNING, "cannot open");
    record.setThrown(new IllegalStateException("no"));
    String line = new JournalFormatter(Style.JOURNAL, true, ZoneOffset.UTC).format(record);
    assertTrue(line.contains(" at JournalFormatterTest."), line);
  }

  @Test
  void theStyleFollowsTheReader() {
    Map<String, String> journal = Map.of("JOURNAL_STREAM", "8:1234");
    assertEquals(Style.JOURNAL, Logging.style(journal, false));
    assertEquals(Style.PLAIN, Logging.style(Map.of("TERM", "xterm"), false));
    assertEquals(Style.COLOUR, Logging.style(Map.of("TERM", "xterm"), true));
    assertEquals(Style.PLAIN, Logging.style(Map.of("TERM", "xterm", "NO_COLOR", "1"), true));
    assertEquals(Style.PLAIN, Logging.style(Map.of("TERM", "dumb"), true));
  }

  private static String journal(Level level, String message) {
    return formatter(Style.JOURNAL).format(record(level, message));
  }

  private static JournalFormatter formatter(Style style) {
    return new JournalFormatter(style, false, ZoneOffset.UTC);
  }

  private static LogRecord record(Level level, String message) {
    LogRecord record = new LogRecord(level, message);
    record.setLoggerName("org.longwire.radio.SerialLink");
    record.setInstant(Instant.parse("2026-11-20T08:30:00Z"));
    return record;
  }
}
