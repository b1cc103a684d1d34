package org.longwire.relay.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Memory, wake-ups and writes of a daemon at which nothing happens but what always happens: long
 * polls, heartbeats, the node's own telemetry, the watchdog. TLS off.
 */
class RestBenchmark {
  private static final Duration WINDOW = Duration.ofSeconds(60);
  private static final Path DIRECTORY =
      Path.of(System.getProperty("longwire.root"), "relay/target/bench-rest");

  @Test
  void memoryAndWakeUpsAtRest() throws Exception {
    Installation installation = Installation.prepared();
    for (Settings.Link link : Settings.links()) {
      try (BenchWorld world = BenchWorld.build(DIRECTORY, link);
          DaemonProcess daemon = DaemonProcess.start(installation, world, Map.of())) {
        daemon.awaitReady();
        rest(link, daemon.figures());
      }
    }
  }

  private static void rest(Settings.Link link, ProcessFigures figures) throws Exception {
    Duration rest = Settings.rest();
    Duration quiet = Settings.quiet();
    Duration before = rest.minus(quiet.compareTo(WINDOW) > 0 ? quiet : WINDOW);
    Thread.sleep(Math.max(0, before.toMillis()));
    long written = figures.writtenBytes();
    Thread.sleep(Math.max(0, quiet.minus(WINDOW).toMillis()));
    Map<String, Long> sleeps = figures.sleeps();
    long ticks = figures.ticks();
    Thread.sleep(WINDOW.toMillis());
    Map<String, Long> then = figures.sleeps();
    print(link, figures, rest);
    Figures.print(
        "rest %s: %.2f wake-ups/s over the last %d s (aim 1.5), %d ms of processor; most: %s",
        link,
        (double) sum(then, sleeps) / WINDOW.toSeconds(),
        WINDOW.toSeconds(),
        (figures.ticks() - ticks) * 10,
        mostly(then, sleeps));
    Figures.print(
        "rest %s: %d bytes written in the last %d s (aim 0); %s",
        link, figures.writtenBytes() - written, quiet.toSeconds(), Figures.load());
  }

  private static void print(Settings.Link link, ProcessFigures figures, Duration rest)
      throws IOException {
    Figures.print(
        "rest %s: after %d s VmRSS %.1f MB (aim 72), RssAnon %.1f MB, most ever %.1f MB,"
            + " %d threads",
        link,
        rest.toSeconds(),
        figures.statusKilobytes("VmRSS") / 1000.0,
        figures.statusKilobytes("RssAnon") / 1000.0,
        figures.statusKilobytes("VmHWM") / 1000.0,
        figures.threads());
  }

  private static long sum(Map<String, Long> then, Map<String, Long> before) {
    return then.entrySet().stream()
        .mapToLong(e -> e.getValue() - before.getOrDefault(e.getKey(), 0L))
        .sum();
  }

  private static String mostly(Map<String, Long> then, Map<String, Long> before) {
    return then.entrySet().stream()
        .map(e -> Map.entry(e.getKey(), e.getValue() - before.getOrDefault(e.getKey(), 0L)))
        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
        .limit(8)
        .filter(e -> e.getValue() > 0)
        .map(e -> e.getKey().replaceAll(" \\d+$", "") + " " + e.getValue())
        .collect(Collectors.joining(", "));
  }
}
