package org.longwire.relay.soak;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What this process takes.
 *
 * @param heapBytes in use after a collection
 * @param residentBytes of the whole process
 * @param files that are open under the soak's directory
 */
record Footprint(long heapBytes, long residentBytes, long files) {
  static Footprint now(Path directory) throws IOException {
    // The second collection takes what the first one made ready to go.
    System.gc();
    System.gc();
    return new Footprint(
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        resident(),
        openFiles(directory));
  }

  private static long resident() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
          .findFirst()
          .orElseThrow();
    }
  }

  private static long openFiles(Path under) throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.filter(fd -> leadsUnder(fd, under)).count();
    }
  }

  private static boolean leadsUnder(Path fd, Path under) {
    try {
      return Files.readSymbolicLink(fd).startsWith(under);
    } catch (IOException e) {
      // It was closed meanwhile: that of the listing itself is.
      return false;
    }
  }

  @Override
  public String toString() {
    return "heap %.2f MB, resident %.1f MB, %d files"
        .formatted(heapBytes / 1e6, residentBytes / 1e6, files);
  }
}
