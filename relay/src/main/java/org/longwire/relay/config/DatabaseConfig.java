package org.longwire.relay.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where the relay keeps what it knows, and where else it reads. Everything here has been checked:
 * names that are named exist, and what is written is writable.
 *
 * @param sources all by name, in the order of asking, among them {@link #PRIMARY}; never empty
 * @param defaultSource what is written and read when no mapping decides; not read-only
 * @param fallback what answers instead of a missing source that allows it
 * @param mapping which links are in which source
 * @param unsafeFileSystem whether files may be written on a file system of the network
 */
public record DatabaseConfig(
    Map<String, Source> sources,
    String defaultSource,
    String fallback,
    List<Mapping> mapping,
    boolean unsafeFileSystem) {
  /** The source of {@code database.path} itself. */
  public static final String PRIMARY = "primary";

  /** The path of a database that lives in memory and ends with the process. */
  public static final Path MEMORY = Path.of(":memory:");

  public DatabaseConfig {
    sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
    mapping = List.copyOf(mapping);
  }

  /** Whose tables a source has. */
  public enum Kind {
    LONGWIRE,
    MMRELAY
  }

  /**
   * One file.
   *
   * @param path absolute, or {@link #MEMORY}
   * @param fallsBack whether reads go to {@link DatabaseConfig#fallback} while it is missing
   * @param writeAheadLog whether SQLite's write-ahead log is used
   * @param busyTimeout how long SQLite waits for somebody else who holds the file
   * @param readers connections that read
   */
  public record Source(
      Path path,
      boolean readOnly,
      Kind kind,
      boolean fallsBack,
      boolean writeAheadLog,
      Duration busyTimeout,
      int readers) {}

  /**
   * Links and the source where they are; the more is named, the more it counts.
   *
   * @param room as in {@code bridges}
   */
  public record Mapping(
      Optional<String> room, OptionalInt channel, Optional<String> meshnet, String source) {}

  /** The same with the primary source in memory: nothing of it outlives the process. */
  public DatabaseConfig inMemory() {
    Map<String, Source> changed = new LinkedHashMap<>(sources);
    changed.computeIfPresent(
        PRIMARY,
        (name, s) -> new Source(
            MEMORY, false, s.kind(), false, s.writeAheadLog(), s.busyTimeout(), s.readers()));
    return new DatabaseConfig(changed, defaultSource, fallback, mapping, unsafeFileSystem);
  }
}
