package org.longwire.relay.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longwire.matrix.PublicWeb;
import org.longwire.matrix.WebClient;
import org.longwire.matrix.WebException;
import org.longwire.plugins.host.load.TestJars;
import org.longwire.relay.config.ConfigLoader;
import org.longwire.relay.config.RelayConfig;

class DependencyScanTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Library DATA = new Library(OsvDouble.PURL, "org.example:tides-data", "1.0");
  private static final Finding HOLE = new Finding(
      DATA,
      "GHSA-aaaa-bbbb-cccc (CVE-2026-0001)",
      "high",
      "Tides may be \u001b[2Jread aloud",
      "1.1");
  private static final String LIST = """
      {"bomFormat":"CycloneDX","specVersion":"1.5","components":[
       {"type":"library","name":"tides-data","purl":"pkg:maven/org.example/tides-data@1.0?type=jar",
        "components":[{"purl":"pkg:npm/%40tides/clock@2.0"},{"name":"nameless"}]},
       {"type":"file","name":"x"}]}
      """;

  @TempDir
  Path folder;

  private final OsvDouble osv = new OsvDouble();
  private final WebClient client = new WebClient();
  private Instant now = NOON;
  private Path programs;

  @BeforeEach
  void makeRoom() throws IOException {
    programs = Files.createDirectory(folder.resolve("bin"));
  }

  @AfterEach
  void close() {
    client.close();
    osv.close();
  }

  private DependencyScan scan(String... settings) {
    return DependencyScan.of(config(settings), programs.toString(), this::ask, () -> now);
  }

  private RelayConfig config(String... settings) {
    Map<String, String> environment = Map.of(
        "LONGWIRE_MESHNET_NAME", "Forx",
        "LONGWIRE_RADIO__PORT", "/dev/serial/by-id/usb-x",
        "LONGWIRE_MATRIX__HOMESERVER", "https://example.org",
        "LONGWIRE_MATRIX__USER", "@relay:example.org",
        "LONGWIRE_BRIDGES", "[ { room = \"#mesh:example.org\", channel = 0 } ]",
        "LONGWIRE_SECURITY__OSV_URL", osv.base().toString());
    return ConfigLoader.load(new ConfigLoader.Sources(
            Optional.empty(), environment, List.of(settings), Optional.of(folder)))
        .config()
        .orElseThrow();
  }

  private String ask(URI address, Optional<String> json) throws IOException {
    PublicWeb.Limits limits = new PublicWeb.Limits(Duration.ofSeconds(20), 100_000);
    try {
      var hosts = java.util.Set.of("127.0.0.1");
      PublicWeb.Page page = json.isPresent()
          ? client.web().post(address, json.get(), hosts, limits)
          : client.web().get(address, hosts, limits);
      if (page.status() != 200) {
        throw new IOException("it answers with status " + page.status());
      }
      return new String(page.content(), StandardCharsets.UTF_8);
    } catch (WebException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private Path jar(Map<String, String> entries) {
    Map<String, byte[]> bytes = new java.util.TreeMap<>();
    entries.forEach((name, text) -> bytes.put(name, text.getBytes(StandardCharsets.UTF_8)));
    Path file = folder.resolve("tides-1.2.jar");
    TestJars.write(file, TestJars.manifest("tides", "org.example.Tides"), bytes);
    return file;
  }

  private Path listing() {
    return jar(Map.of("META-INF/sbom/bom.json", LIST));
  }

  /** Stands for the program: notes what it was given, and says what it is told to. */
  private void install(String says, int code) throws IOException {
    Path said = Files.writeString(folder.resolve("says.json"), says);
    Path program = programs.resolve("osv-scanner");
    Files.writeString(program, """
        #!/bin/sh
        for last; do :; done
        echo "$OSV_SCANNER_LOCAL_DB_CACHE_DIRECTORY $*" > %1$s/line
        cat "$last/bom.cdx.json" > %1$s/list
        cat %2$s
        exit %3$d
        """.formatted(folder, said, code));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void theServiceIsAskedForWhatTheListNamesAndItsHolesAreTold() throws Exception {
    ScanReport report = scan().scan(listing());
    assertEquals(new ScanReport(osv.base().getAuthority(), NOON, 2, List.of(HOLE)), report);
    assertEquals(List.of("POST /v1/querybatch", "GET /v1/vulns/GHSA-aaaa-bbbb-cccc"), osv.asked());
  }

  @Test
  void withoutAListWhatMavenLeftOfPackedLibrariesCounts() throws Exception {
    Path jar = jar(Map.of(
        "META-INF/sbom/broken.json", "{ no list",
        "META-INF/maven/org.example/tides-data/pom.properties",
            "version=1.0\ngroupId=org.example\nartifactId=tides-data\n",
        "META-INF/maven/org.example/half/pom.properties", "version=1.0\n"));
    assertEquals(List.of(DATA), Libraries.of(jar).all());
    assertEquals(List.of(HOLE), scan().scan(jar).findings());
  }

  @Test
  void aJarThatNamesNothingIsNotAskedAbout() throws Exception {
    assertEquals(new ScanReport("", NOON, 0, List.of()), scan().scan(jar(Map.of())));
    assertEquals(List.of(), osv.asked());
  }

  @Test
  void whatWasFoundTodayIsNotAskedAgainUntilTheJarOrTheDayChanges() throws Exception {
    Path jar = listing();
    ScanReport first = scan().scan(jar);
    osv.answer(500);
    now = NOON.plus(Duration.ofHours(23));
    assertEquals(first, scan().scan(jar));
    now = NOON.plus(Duration.ofHours(25));
    assertThrows(ScanException.class, () -> scan().scan(jar));
    now = NOON;
    Path other = jar(Map.of("META-INF/bom.json", LIST));
    assertThrows(ScanException.class, () -> scan().scan(other));
  }

  @Test
  void aDamagedReportIsAskedForAgain() throws Exception {
    Path jar = listing();
    scan().scan(jar);
    Path kept = folder.resolve("scans").resolve(Libraries.of(jar).sha256() + ".jsonl");
    for (String damage : List.of("", "{}\n", "nonsense\n", Files.readString(kept) + "{\n")) {
      Files.writeString(kept, damage);
      assertEquals(List.of(HOLE), scan().scan(jar).findings(), damage);
    }
    assertEquals(10, osv.asked().size());
  }

  @Test
  void anInstalledScannerIsAskedFirst() throws Exception {
    install(
        "{\"results\":[{\"packages\":[{\"package\":{\"name\":\"org.example:tides-data\","
            + "\"version\":\"1.0\",\"ecosystem\":\"Maven\"},\"vulnerabilities\":["
            + OsvDouble.RECORD + "]}]}]}",
        1);
    ScanReport report = scan().scan(listing());
    assertEquals(new ScanReport("osv-scanner", NOON, 2, List.of(HOLE)), report);
    assertEquals(List.of(), osv.asked());
    String line = Files.readString(folder.resolve("line"));
    assertTrue(line.startsWith(" --format=json /"), line);
    String list = Files.readString(folder.resolve("list"));
    assertTrue(list.contains("\"bomFormat\":\"CycloneDX\""), list);
    assertTrue(list.contains("\"purl\":\"" + OsvDouble.PURL + "\""), list);
    assertTrue(list.contains("\"purl\":\"pkg:npm/%40tides/clock@2.0\""), list);
  }

  @Test
  void aDatabaseOfOnesOwnKeepsEverybodyOutsideUnasked() throws Exception {
    install("{\"results\":[]}", 0);
    String database = "security.osv-database=" + folder.resolve("osv");
    assertEquals(List.of(), scan(database).scan(listing()).findings());
    assertTrue(Files.readString(folder.resolve("line"))
        .startsWith(folder.resolve("osv") + " --format=json --offline /"));
    Files.delete(programs.resolve("osv-scanner"));
    Path other = jar(Map.of("META-INF/bom.json", LIST));
    assertEquals(
        "nobody could be asked about known holes: osv-scanner is not installed, and"
            + " security.osv-database leaves nobody else",
        assertThrows(ScanException.class, () -> scan(database).scan(other)).getMessage());
    assertEquals(List.of(), osv.asked());
  }

  @Test
  void aScannerThatFailsLeavesTheServiceAndBothLeaveASentence() throws Exception {
    install("no packages", 128);
    assertEquals(List.of(HOLE), scan().scan(listing()).findings());
    install("no JSON", 0);
    osv.answer(503);
    Path other = jar(Map.of("META-INF/bom.json", LIST));
    assertEquals(
        "nobody could be asked about known holes: osv-scanner: did not answer in the JSON of"
            + " version 2; %s: it answers with status 503".formatted(osv.base().getAuthority()),
        assertThrows(ScanException.class, () -> scan().scan(other)).getMessage());
  }

  @Test
  void packageUrlsAreReadAsOsvNamesThem() {
    assertEquals(
        Optional.of(new Library("pkg:npm/%40tides/clock@2.0", "@tides/clock", "2.0")),
        Library.of("pkg:npm/%40tides/clock@2.0#sub"));
    assertEquals(
        Optional.of(new Library("pkg:pypi/tides@1.0+local", "tides", "1.0+local")),
        Library.of("pkg:pypi/tides@1.0+local"));
    for (String wrong : List.of("", "tides", "pkg:maven/org.example/tides", "pkg:maven/@1")) {
      assertEquals(Optional.empty(), Library.of(wrong), wrong);
    }
  }
}
