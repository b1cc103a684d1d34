package org.longwire.relay.scan;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.longwire.plugins.api.Json;
import org.longwire.plugins.api.PluginException;

/** A service that speaks OSV's protocol, version 1 (https://google.github.io/osv.dev/api/). */
final class OsvService implements OsvSource {
  /** Holes that are looked up in full; of more only the ids are told. */
  static final int MAX_RECORDS = 50;

  private final URI base;
  private final OsvWeb web;

  OsvService(URI base, OsvWeb web) {
    this.base = base;
    this.web = web;
  }

  @Override
  public String name() {
    return base.getAuthority();
  }

  @Override
  public List<Finding> ask(List<Library> libraries) throws ScanException {
    String queries = libraries.stream()
        .map(library -> "{\"package\":" + Json.write(Map.of("purl", library.purl())) + "}")
        .collect(Collectors.joining(",", "{\"queries\":[", "]}"));
    List<Json> results =
        fetch("/v1/querybatch", Optional.of(queries)).at("results").items();
    if (results.size() != libraries.size()) {
      throw new ScanException("does not answer as OSV does");
    }
    List<Finding> findings = new ArrayList<>();
    Map<String, Json> records = new HashMap<>();
    for (int i = 0; i < results.size(); i++) {
      for (Json hole : results.get(i).at("vulns").items()) {
        String id = hole.at("id").text().orElse("");
        if (!records.containsKey(id)) {
          records.put(id, records.size() < MAX_RECORDS ? record(id, hole) : hole);
        }
        findings.add(Finding.of(libraries.get(i), records.get(id)));
      }
    }
    return findings;
  }

  private Json record(String id, Json brief) throws ScanException {
    return id.matches("[A-Za-z0-9._:-]{1,100}")
        ? fetch("/v1/vulns/" + id, Optional.empty())
        : brief;
  }

  private Json fetch(String path, Optional<String> body) throws ScanException {
    try {
      return Json.parse(web.ask(URI.create(base + path), body));
    } catch (IOException e) {
      throw new ScanException(String.valueOf(e.getMessage()));
    } catch (PluginException e) {
      throw new ScanException("does not answer as OSV does");
    }
  }
}
