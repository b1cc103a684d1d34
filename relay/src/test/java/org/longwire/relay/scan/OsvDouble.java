package org.longwire.relay.scan;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.longwire.plugins.api.Json;
import org.longwire.plugins.api.PluginException;

/**
 * A service that speaks OSV's protocol on loopback. It knows one hole, in tides-data 1.0, and
 * refuses what the real one refuses: what is no JSON, and a query without a package.
 */
public final class OsvDouble implements AutoCloseable {
  public static final String PURL = "pkg:maven/org.example/tides-data@1.0";

  /** As the real one has it, cut to what is read. */
  public static final String RECORD = """
      {"id":"GHSA-aaaa-bbbb-cccc","modified":"2026-01-02T03:04:05Z",
       "aliases":["CVE-2026-0001"],"summary":"Tides may be \\u001b[2Jread aloud",
       "database_specific":{"severity":"HIGH"},
       "severity":[{"type":"CVSS_V3","score":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"}],
       "affected":[
        {"package":{"ecosystem":"Maven","name":"org.example:other"},
         "ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"9.9"}]}]},
        {"package":{"ecosystem":"Maven","name":"org.example:tides-data"},
         "ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"1.1"}]}]}]}
      """;

  private final HttpServer server;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile int status = 200;

  public OsvDouble() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/v1/querybatch", this::batch);
    server.createContext("/v1/vulns/", this::record);
    server.start();
  }

  public URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The requests, as method and path. */
  public List<String> asked() {
    return asked;
  }

  /** What it answers from now on, whatever it is asked. */
  public void answer(int other) {
    status = other;
  }

  private void batch(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    StringBuilder results = new StringBuilder();
    try {
      List<Json> queries = Json.parse(body).at("queries").items();
      for (Json query : queries) {
        String purl = query.at("package").at("purl").text().orElse("");
        if (purl.isEmpty()) {
          respond(exchange, 400, "{\"code\":3,\"message\":\"Invalid query.\"}");
          return;
        }
        results
            .append(results.isEmpty() ? "" : ",")
            .append(
                purl.equals(PURL)
                    ? "{\"vulns\":[{\"id\":\"GHSA-aaaa-bbbb-cccc\","
                        + "\"modified\":\"2026-01-02T03:04:05Z\"}]}"
                    : "{}");
      }
      respond(exchange, status, "{\"results\":[" + results + "]}");
    } catch (PluginException e) {
      respond(exchange, 400, "{\"code\":3,\"message\":\"not JSON\"}");
    }
  }

  private void record(HttpExchange exchange) throws IOException {
    boolean isKnown = exchange.getRequestURI().getPath().endsWith("/GHSA-aaaa-bbbb-cccc");
    respond(exchange, isKnown ? status : 404, isKnown ? RECORD : "{\"code\":5}");
  }

  private void respond(HttpExchange exchange, int code, String body) throws IOException {
    asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
