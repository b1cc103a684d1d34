package org.longwire.relay.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

/** Prints figures, each on a line that begins with {@code bench:}, and how they spread. */
final class Figures {
  private static final AtomicBoolean HEADED = new AtomicBoolean();

  private Figures() {}

  /** One line; the first is preceded by what the machine is. */
  static synchronized void print(String format, Object... values) {
    if (HEADED.compareAndSet(false, true)) {
      line("machine: " + machine());
      line("java: " + System.getProperty("java.vm.name") + " "
          + System.getProperty("java.runtime.version"));
    }
    line(format.formatted(values));
  }

  private static void line(String words) {
    System.out.println("bench: " + words);
  }

  private static String machine() {
    String cpu = read("/proc/cpuinfo")
        .lines()
        .filter(line -> line.startsWith("model name") || line.startsWith("Model"))
        .map(line -> line.replaceFirst("^[^:]*:\\s*", ""))
        .findFirst()
        .orElse(System.getProperty("os.arch"));
    String system = read("/etc/os-release")
        .lines()
        .filter(line -> line.startsWith("PRETTY_NAME="))
        .map(line -> line.substring(12).replace("\"", ""))
        .findFirst()
        .orElse("Linux");
    return "%s, %d cores of %s, %s"
        .formatted(
            system, Runtime.getRuntime().availableProcessors(), cpu, System.getProperty("os.arch"));
  }

  /** How busy the machine is, over the last minute. */
  static String load() {
    return "load " + read("/proc/loadavg").split(" ")[0];
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      return "";
    }
  }

  /** Least, quartiles, 99th of a hundred, most. */
  static String spread(double[] values, String unit) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return String.format(
        Locale.ROOT,
        "p50 %.1f, p99 %.1f, min %.1f, p25 %.1f, p75 %.1f, max %.1f %s (n=%d)",
        at(sorted, 0.5),
        at(sorted, 0.99),
        at(sorted, 0),
        at(sorted, 0.25),
        at(sorted, 0.75),
        at(sorted, 1),
        unit,
        sorted.length);
  }

  /** The value below which that share lies, by nearest rank. */
  private static double at(double[] sorted, double share) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.min(sorted.length - 1, Math.max(0, rank - 1))];
  }
}
