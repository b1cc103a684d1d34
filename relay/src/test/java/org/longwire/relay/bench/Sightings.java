package org.longwire.relay.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When marks of the form {@code bench-123} came by in a stream of bytes, every time. */
final class Sightings {
  private static final Pattern MARK = Pattern.compile("bench-(\\d+)\\.");

  /** A mark may be cut in two; so much of the end is read again. */
  private static final int OVERLAP = 16;

  /** @param nanos of {@link System#nanoTime()} */
  record Sighting(int mark, long nanos) {}

  private final List<Sighting> all = new ArrayList<>();
  private String tail = "";

  /** The text of a mark. */
  static String mark(int number) {
    return "bench-" + number + ".";
  }

  synchronized void see(byte[] bytes, int count, long nanos) {
    String text = tail + new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
    Matcher matcher = MARK.matcher(text);
    int end = 0;
    while (matcher.find()) {
      all.add(new Sighting(Integer.parseInt(matcher.group(1)), nanos));
      end = matcher.end();
    }
    tail = text.substring(Math.max(end, text.length() - OVERLAP));
    notifyAll();
  }

  synchronized List<Sighting> all() {
    return List.copyOf(all);
  }

  /** When a mark came by first; waits for it. */
  synchronized long await(int mark, long limitMillis)
      throws InterruptedException, TimeoutException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMillis);
    while (true) {
      for (Sighting sighting : all) {
        if (sighting.mark() == mark) {
          return sighting.nanos();
        }
      }
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new TimeoutException("mark " + mark + " did not come by");
      }
      wait(left);
    }
  }
}
