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
 * @param retention how long what the relay knows is kept
 * @param server where {@link #PRIMARY} is if it is no file
 */
public record DatabaseConfig(
    Map<String, Source> sources,
    String defaultSource,
    String fallback,
    List<Mapping> mapping,
    boolean unsafeFileSystem,
    Retention retention,
    Optional<DatabaseServer> server) {
  /** The source of {@code database.path} itself. */
  public static final String PRIMARY = "primary";

  /** The path of a database that lives in memory and ends with the process. */
  public static final Path MEMORY = Path.of(":memory:");

  public DatabaseConfig {
    sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
    mapping = List.copyOf(mapping);
  }

  /** Files alone, with the standard retention. */
  public DatabaseConfig(
      Map<String, Source> sources,
      String defaultSource,
      String fallback,
      List<Mapping> mapping,
      boolean unsafeFileSystem) {
    this(
        sources,
        defaultSource,
        fallback,
        mapping,
        unsafeFileSystem,
        Retention.STANDARD,
        Optional.empty());
  }

  /**
   * How long what the relay knows is kept.
   *
   * @param messages of the archive
   * @param map which packet is which event
   * @param mapEntries beyond which the oldest of these go earlier
   * @param wipesMapOnRestart whether each start of a daemon forgets those from before it
   */
  public record Retention(
      Duration messages, Duration map, int mapEntries, boolean wipesMapOnRestart) {
    public static final Retention STANDARD =
        new Retention(Duration.ofDays(90), Duration.ofDays(30), 50_000, false);
  }

  /** Where what is written outlives the process, or not. */
  public enum Keeping {
    ON_DISK,
    IN_MEMORY
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

  /** Whether nothing that is written outlives the process. */
  public boolean isInMemory() {
    return sources.values().stream()
        .allMatch(source -> source.readOnly() || source.path().equals(MEMORY));
  }

  /** The same with all that is written in memory: nothing of it outlives the process. */
  public DatabaseConfig inMemory() {
    Map<String, Source> changed = new LinkedHashMap<>(sources);
    changed.replaceAll((name, s) -> s.readOnly()
        ? s
        : new Source(
            MEMORY, false, s.kind(), false, s.writeAheadLog(), s.busyTimeout(), s.readers()));
    return new DatabaseConfig(
        changed, defaultSource, fallback, mapping, unsafeFileSystem, retention, Optional.empty());
  }
}
