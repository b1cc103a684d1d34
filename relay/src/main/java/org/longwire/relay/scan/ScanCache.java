package org.longwire.relay.scan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longwire.plugins.api.Json;
import org.longwire.plugins.api.PluginException;

/**
 * Reports of the last day, a file for each jar: an object of JSON a line, the report's head first.
 */
final class ScanCache {
  static final Duration AGE = Duration.ofDays(1);

  private static final int MAX_LINES = 5_000;

  private final Path directory;

  ScanCache(Path directory) {
    this.directory = directory;
  }

  /** What was found by the same one, if that is not old; a file that cannot be read is none. */
  Optional<ScanReport> find(String sha256, String asked, Instant now) {
    try {
      List<String> lines = Files.readAllLines(file(sha256), StandardCharsets.UTF_8);
      Json head = Json.parse(lines.get(0));
      Instant at = Instant.parse(head.at("at").text().orElse(""));
      boolean isFresh = head.at("asked").text().equals(Optional.of(asked))
          && !at.isAfter(now)
          && at.plus(AGE).isAfter(now)
          && lines.size() <= MAX_LINES;
      if (!isFresh) {
        return Optional.empty();
      }
      List<Finding> findings = new ArrayList<>();
      for (String line : lines.subList(1, lines.size())) {
        Json one = Json.parse(line);
        findings.add(new Finding(
            new Library(text(one, "purl"), text(one, "name"), text(one, "version")),
            text(one, "id"),
            text(one, "severity"),
            text(one, "summary"),
            text(one, "fixed")));
      }
      int libraries = (int) head.at("libraries").integer().orElse(0);
      return Optional.of(new ScanReport(asked, at, libraries, findings));
    } catch (IOException | PluginException | DateTimeParseException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  private static String text(Json line, String key) {
    return line.at(key).text().orElse("");
  }

  /** Keeps a report; where that fails, it is asked for again. */
  void keep(String sha256, ScanReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(Json.write(Map.of(
        "asked", report.asked(),
        "at", report.at().toString(),
        "libraries", report.libraries())));
    for (Finding finding : report.findings()) {
      lines.add(Json.write(Map.of(
          "purl", finding.library().purl(),
          "name", finding.library().name(),
          "version", finding.library().version(),
          "id", finding.id(),
          "severity", finding.severity(),
          "summary", finding.summary(),
          "fixed", finding.fixedIn())));
    }
    try {
      Files.createDirectories(directory);
      Files.write(file(sha256), lines, StandardCharsets.UTF_8);
    } catch (IOException e) {
      // Only a cache.
    }
  }

  private Path file(String sha256) {
    return directory.resolve(sha256 + ".jsonl");
  }
}
