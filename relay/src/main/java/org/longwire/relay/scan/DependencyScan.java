package org.longwire.relay.scan;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.longwire.plugins.host.load.BadJarException;
import org.longwire.relay.config.RelayConfig;

/** Asks whoever can be asked about the libraries of a jar. */
public final class DependencyScan {
  private final List<OsvSource> sources;
  private final ScanCache cache;
  private final InstantSource clock;

  private DependencyScan(List<OsvSource> sources, ScanCache cache, InstantSource clock) {
    this.sources = List.copyOf(sources);
    this.cache = cache;
    this.clock = clock;
  }

  /**
   * As the configuration says: an installed {@code osv-scanner}, else the service; with a database
   * of one's own the former alone.
   *
   * @param searchPath where programs are, as in {@code PATH}
   */
  public static DependencyScan of(
      RelayConfig config, String searchPath, OsvWeb web, InstantSource clock) {
    Optional<Path> database = config.security().osvDatabase();
    List<OsvSource> sources = new ArrayList<>();
    OsvScanner.find(searchPath)
        .ifPresent(program -> sources.add(new OsvScanner(program, database)));
    if (database.isEmpty()) {
      sources.add(new OsvService(config.security().osvUrl(), web));
    }
    return new DependencyScan(
        sources, new ScanCache(config.stateDirectory().resolve("scans")), clock);
  }

  /**
   * Looks into a jar; what was found less than a day ago counts.
   *
   * @throws ScanException if nobody could be asked, a sentence
   * @throws BadJarException if it is no jar
   */
  public ScanReport scan(Path jar) throws ScanException, IOException, BadJarException {
    Libraries libraries = Libraries.of(jar);
    Instant now = clock.instant();
    if (libraries.all().isEmpty()) {
      return new ScanReport("", now, 0, List.of());
    }
    List<String> failures = new ArrayList<>();
    for (OsvSource source : sources) {
      Optional<ScanReport> known = cache.find(libraries.sha256(), source.name(), now);
      if (known.isPresent()) {
        return known.get();
      }
      try {
        ScanReport report =
            new ScanReport(source.name(), now, libraries.all().size(), source.ask(libraries.all()));
        cache.keep(libraries.sha256(), report);
        return report;
      } catch (ScanException e) {
        failures.add(source.name() + ": " + e.getMessage());
      }
    }
    throw new ScanException("nobody could be asked about known holes: %s"
        .formatted(
            failures.isEmpty()
                ? "osv-scanner is not installed, and security.osv-database leaves nobody else"
                : String.join("; ", failures)));
  }
}
