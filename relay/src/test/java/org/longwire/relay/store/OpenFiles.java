package org.longwire.relay.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The files that this process holds open, as the kernel tells. */
public final class OpenFiles {
  private OpenFiles() {}

  /** How many there are under a directory. */
  public static long under(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.filter(fd -> leadsUnder(fd, directory)).count();
    }
  }

  private static boolean leadsUnder(Path fd, Path directory) {
    try {
      return Files.readSymbolicLink(fd).startsWith(directory);
    } catch (IOException e) {
      // It was closed meanwhile: that of the listing itself is.
      return false;
    }
  }
}
