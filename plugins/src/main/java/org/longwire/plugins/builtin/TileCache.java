package org.longwire.plugins.builtin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.longwire.plugins.api.MapView;

/** Tiles of one server as files, each until it is too old, and of too many the latest. */
final class TileCache {
  private final Path directory;
  private final Duration maxAge;
  private final long maxBytes;

  /** @param directory of the server's tiles alone; made when there is something to keep */
  TileCache(Path directory, Duration maxAge, long maxBytes) {
    this.directory = directory;
    this.maxAge = maxAge;
    this.maxBytes = maxBytes;
  }

  /** A tile, however old. */
  Optional<byte[]> get(MapView.TileAddress tile) throws IOException {
    Path file = file(tile);
    return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
  }

  /** Whether there is such a tile, and it is young enough. */
  boolean isFresh(MapView.TileAddress tile, Instant now) throws IOException {
    Path file = file(tile);
    return Files.exists(file)
        && Files.getLastModifiedTime(file).toInstant().plus(maxAge).isAfter(now);
  }

  void put(MapView.TileAddress tile, byte[] content, Instant now) throws IOException {
    Files.createDirectories(directory);
    Path part = directory.resolve("part");
    Files.write(part, content);
    Files.setLastModifiedTime(part, FileTime.from(now));
    Files.move(part, file(tile), StandardCopyOption.REPLACE_EXISTING);
    trim();
  }

  /** Drops the oldest until the rest is small enough. */
  private void trim() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(directory)) {
      files = all.toList();
    }
    long sum = 0;
    for (Path file : files) {
      sum += Files.size(file);
    }
    if (sum <= maxBytes) {
      return;
    }
    for (Path file :
        files.stream().sorted(Comparator.comparing(TileCache::time)).toList()) {
      if (sum <= maxBytes) {
        return;
      }
      sum -= Files.size(file);
      Files.delete(file);
    }
  }

  private static FileTime time(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      // What cannot be looked at is the first to go.
      return FileTime.fromMillis(0);
    }
  }

  private Path file(MapView.TileAddress tile) {
    return directory.resolve("%d-%d-%d".formatted(tile.zoom(), tile.x(), tile.y()));
  }
}
