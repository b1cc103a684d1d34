package org.longwire.relay.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Copies of a database's files as a crash would leave them: without the shared memory. */
public final class CrashImages {
  private CrashImages() {}

  /** Copies the file and its log into a directory, and gives the copy. */
  public static Path copy(Path file, Path directory) {
    try {
      Files.createDirectories(directory);
      Path copy = directory.resolve(file.getFileName());
      Files.copy(file, copy);
      Path log = file.resolveSibling(file.getFileName() + "-wal");
      if (Files.exists(log)) {
        Files.copy(log, copy.resolveSibling(log.getFileName()));
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
