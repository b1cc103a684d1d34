package org.longwire.relay.scan;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.longwire.plugins.api.Json;
import org.longwire.plugins.api.PluginException;

/**
 * The program {@code osv-scanner}, version 2: it is shown a directory with a CycloneDX list, and
 * answers in JSON (https://google.github.io/osv-scanner/output/).
 */
final class OsvScanner implements OsvSource {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** It found nothing, or something; everything else means that it could not look. */
  private static final List<Integer> ANSWERED = List.of(0, 1);

  private final Path program;
  private final Optional<Path> database;

  /** @param database where it finds its own, so that it asks nobody; else it asks */
  OsvScanner(Path program, Optional<Path> database) {
    this.program = program;
    this.database = database;
  }

  /** The program, if it is installed. */
  static Optional<Path> find(String searchPath) {
    for (String directory : searchPath.split(File.pathSeparator)) {
      Path program = Path.of(directory, "osv-scanner");
      if (!directory.isEmpty() && Files.isExecutable(program) && !Files.isDirectory(program)) {
        return Optional.of(program);
      }
    }
    return Optional.empty();
  }

  @Override
  public String name() {
    return "osv-scanner";
  }

  @Override
  public List<Finding> ask(List<Library> libraries) throws ScanException {
    try {
      Path work = Files.createTempDirectory("longwire-scan");
      Path list = work.resolve("bom.cdx.json");
      Path said = work.resolve("said");
      try {
        Files.writeString(list, list(libraries));
        return findings(run(work, said), libraries);
      } finally {
        Files.deleteIfExists(said);
        Files.deleteIfExists(list);
        Files.deleteIfExists(work);
      }
    } catch (IOException e) {
      throw new ScanException("cannot be run (%s)".formatted(e.getMessage()));
    } catch (PluginException e) {
      throw new ScanException("did not answer in the JSON of version 2");
    }
  }

  private String run(Path work, Path said) throws IOException, ScanException {
    List<String> line = new ArrayList<>(List.of(program.toString(), "--format=json"));
    if (database.isPresent()) {
      line.add("--offline");
    }
    line.add(work.toString());
    ProcessBuilder builder = new ProcessBuilder(line);
    database.ifPresent(directory ->
        builder.environment().put("OSV_SCANNER_LOCAL_DB_CACHE_DIRECTORY", directory.toString()));
    Process process = builder
        .redirectOutput(said.toFile())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new ScanException("took more than %d s".formatted(PATIENCE.toSeconds()));
      }
      if (!ANSWERED.contains(process.exitValue())) {
        throw new ScanException("ended with code %d".formatted(process.exitValue()));
      }
      return Files.readString(said);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ScanException("was called off");
    } finally {
      process.destroyForcibly();
    }
  }

  /** A CycloneDX document of the least that it takes. */
  private static String list(List<Library> libraries) {
    return libraries.stream()
        .map(library -> Json.write(Map.of(
            "type", "library",
            "name", library.name(),
            "version", library.version(),
            "purl", library.purl())))
        .collect(Collectors.joining(
            ",",
            "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"version\":1,\"components\":[",
            "]}"));
  }

  private static List<Finding> findings(String said, List<Library> libraries)
      throws PluginException {
    List<Finding> findings = new ArrayList<>();
    for (Json result : Json.parse(said).at("results").items()) {
      for (Json found : result.at("packages").items()) {
        String name = found.at("package").at("name").text().orElse("?");
        String version = found.at("package").at("version").text().orElse("?");
        Library library = libraries.stream()
            .filter(one -> one.name().equals(name) && one.version().equals(version))
            .findFirst()
            .orElse(new Library("", name, version));
        for (Json record : found.at("vulnerabilities").items()) {
          findings.add(Finding.of(library, record));
        }
      }
    }
    return findings;
  }
}
