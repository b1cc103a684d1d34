package org.longwire.relay.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.longwire.matrix.PublicWeb;
import org.longwire.matrix.WebClient;
import org.longwire.matrix.WebException;
import org.longwire.plugins.api.Json;
import org.longwire.plugins.host.load.BadJarException;
import org.longwire.relay.config.RelayConfig;
import org.longwire.relay.scan.DependencyScan;
import org.longwire.relay.scan.Finding;
import org.longwire.relay.scan.ScanException;
import org.longwire.relay.scan.ScanReport;
import picocli.CommandLine;

/** The scan of a jar, and its report for people and scripts. */
final class PluginScan {
  private static final PublicWeb.Limits LIMITS =
      new PublicWeb.Limits(Duration.ofSeconds(20), Json.MAX_CHARS);

  private final RelayConfig config;
  private final CommandLine line;

  PluginScan(RelayConfig config, CommandLine line) {
    this.config = config;
    this.line = line;
  }

  /** Asks; see {@link DependencyScan#scan}. */
  ScanReport scan(Path jar) throws ScanException, IOException, BadJarException {
    try (WebClient client = new WebClient()) {
      String path = System.getenv().getOrDefault("PATH", "");
      return DependencyScan.of(
              config,
              path,
              (address, body) -> ask(client.web(), address, body),
              InstantSource.system())
          .scan(jar);
    }
  }

  private String ask(PublicWeb web, URI address, Optional<String> body) throws IOException {
    // The operator has named this host.
    Set<String> hosts = Set.of(config.security().osvUrl().getHost());
    try {
      PublicWeb.Page page = body.isPresent()
          ? web.post(address, body.get(), hosts, LIMITS)
          : web.get(address, hosts, LIMITS);
      if (page.status() != 200) {
        throw new IOException("it answers with status " + page.status());
      }
      return new String(page.content(), StandardCharsets.UTF_8);
    } catch (WebException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Asks and shows what is found; that nobody can be asked is a warning. */
  void warn(Path jar) {
    try {
      print(scan(jar));
    } catch (ScanException | IOException | BadJarException e) {
      line.getErr().println(Terminal.yellow("warning: ") + Words.line(e.getMessage()));
    }
  }

  void print(ScanReport report) {
    PrintWriter out = line.getOut();
    if (report.libraries() == 0) {
      out.println("it names no libraries in META-INF, so nothing could be asked about them");
      return;
    }
    out.printf(
        "%d libraries, asked of %s at %s: %s%n",
        report.libraries(),
        report.asked(),
        Words.time(report.at()),
        report.findings().isEmpty()
            ? Terminal.green("no known holes")
            : Terminal.red("known holes: %d".formatted(report.findings().size())));
    for (Finding finding : report.findings()) {
      out.printf(
          "  %s %s  %s  %s%n    %s%n    %s%n",
          Words.line(finding.library().name()),
          Words.line(finding.library().version()),
          Words.line(finding.id()),
          Words.line(finding.severity()),
          Words.line(finding.summary()),
          finding.fixedIn().isEmpty()
              ? "not mended yet"
              : "mended in " + Words.line(finding.fixedIn()));
    }
  }

  static Map<String, Object> asMap(ScanReport report) {
    List<Map<String, Object>> findings = new ArrayList<>();
    for (Finding finding : report.findings()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("package", finding.library().name());
      one.put("version", finding.library().version());
      one.put("purl", finding.library().purl());
      one.put("id", finding.id());
      one.put("severity", finding.severity());
      one.put("summary", finding.summary());
      one.put("fixedIn", finding.fixedIn());
      findings.add(one);
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("asked", report.asked());
    answer.put("at", report.at());
    answer.put("libraries", report.libraries());
    answer.put("findings", findings);
    return answer;
  }
}
