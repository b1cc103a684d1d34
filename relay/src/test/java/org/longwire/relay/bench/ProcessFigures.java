package org.longwire.relay.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the kernel tells of a process. */
public final class ProcessFigures {
  private final Path proc;

  public ProcessFigures(long pid) {
    this.proc = Path.of("/proc", Long.toString(pid));
  }

  /** A value of {@code status} in KB, such as {@code VmRSS}. */
  public long statusKilobytes(String name) throws IOException {
    return number(Files.readString(proc.resolve("status")), name);
  }

  long threads() throws IOException {
    return number(Files.readString(proc.resolve("status")), "Threads");
  }

  /** Bytes that the process had the kernel write to disks. */
  long writtenBytes() throws IOException {
    return number(Files.readString(proc.resolve("io")), "write_bytes");
  }

  /** Clock ticks (hundredths of a second) on the processor. */
  long ticks() throws IOException {
    String stat = Files.readString(proc.resolve("stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }

  /** How often each thread has gone to sleep of its own will; each sleep ends with a wake-up. */
  Map<String, Long> sleeps() throws IOException {
    Map<String, Long> sleeps = new TreeMap<>();
    try (Stream<Path> tasks = Files.list(proc.resolve("task"))) {
      for (Path task : tasks.toList()) {
        try {
          String status = Files.readString(task.resolve("status"));
          String name = Files.readString(task.resolve("comm")).strip();
          sleeps.put(name + " " + task.getFileName(), number(status, "voluntary_ctxt_switches"));
        } catch (IOException e) {
          // The thread has ended meanwhile.
          continue;
        }
      }
    }
    return sleeps;
  }

  private static long number(String lines, String name) {
    return lines
        .lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.replaceAll("[^0-9]", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow();
  }
}
