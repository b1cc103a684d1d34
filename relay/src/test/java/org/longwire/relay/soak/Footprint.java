package org.longwire.relay.soak;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.longwire.relay.bench.ProcessFigures;
import org.longwire.relay.store.OpenFiles;

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
        1024 * new ProcessFigures(ProcessHandle.current().pid()).statusKilobytes("VmRSS"),
        OpenFiles.under(directory));
  }

  @Override
  public String toString() {
    return "heap %.2f MB, resident %.1f MB, %d files"
        .formatted(heapBytes / 1e6, residentBytes / 1e6, files);
  }
}
