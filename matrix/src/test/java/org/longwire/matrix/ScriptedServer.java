package org.longwire.matrix;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers requests from a script and remembers them. */
final class ScriptedServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Deque<Answer>> script = new LinkedHashMap<>();
  private final List<Seen> seen = new ArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  /** One request as it came in. */
  record Seen(String method, String target, String authorization, String body) {}

  /** What the server does with one request; whatever it leaves open is cut. */
  interface Answer {
    void to(HttpExchange exchange) throws IOException, InterruptedException;
  }

  ScriptedServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Answers in this order to requests of the method whose path contains the part; last repeats. */
  ScriptedServer on(String method, String part, Answer... answers) {
    synchronized (script) {
      script.put(method + " " + part, new ArrayDeque<>(Arrays.asList(answers)));
    }
    return this;
  }

  List<Seen> seen(String part) {
    synchronized (seen) {
      return seen.stream().filter(request -> request.target().contains(part)).toList();
    }
  }

  Seen only(String part) {
    List<Seen> requests = seen(part);
    if (requests.size() != 1) {
      throw new AssertionError(requests.size() + " requests for " + part + ": " + requests);
    }
    return requests.get(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String target = exchange.getRequestURI().toString();
    String token =
        Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Authorization"), "");
    synchronized (seen) {
      seen.add(new Seen(exchange.getRequestMethod(), target, token, body));
    }
    try {
      next(exchange.getRequestMethod(), target).to(exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      exchange.close();
    }
  }

  private Answer next(String method, String target) {
    synchronized (script) {
      for (Map.Entry<String, Deque<Answer>> entry : script.entrySet()) {
        String[] key = entry.getKey().split(" ");
        if (key[0].equals(method) && target.contains(key[1])) {
          Deque<Answer> answers = entry.getValue();
          return answers.size() > 1 ? answers.remove() : answers.element();
        }
      }
    }
    return json(404, "{\"errcode\":\"M_UNRECOGNIZED\",\"error\":\"not in the script\"}");
  }

  static Answer json(int status, String body, String... headers) {
    return page(status, "application/json", body, headers);
  }

  static Answer html(int status) {
    return page(status, "text/html", "<html><h1>nginx</h1></html>");
  }

  static Answer refusal(int status, String errcode, String error) {
    return json(status, "{\"errcode\":\"%s\",\"error\":\"%s\"}".formatted(errcode, error));
  }

  static Answer redirect(int status, String location) {
    return json(status, "{}", "Location", location);
  }

  private static Answer page(int status, String type, String body, String... headers) {
    return exchange -> {
      exchange.getResponseHeaders().set("Content-Type", type);
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    };
  }

  /** Does the work and never says so. */
  static Answer cut() {
    return HttpExchange::close;
  }

  /** Begins an answer and keeps its end back until the server is closed. */
  Answer drip() {
    return exchange -> {
      exchange.sendResponseHeaders(200, 1000);
      exchange.getResponseBody().write('{');
      exchange.getResponseBody().flush();
      closing.await();
    };
  }

  /** Says nothing until the server is closed. */
  Answer hang() {
    return exchange -> closing.await();
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
